import { useState } from "react";
import { oneByOne, type Outcomes } from "./oneByOne";

export interface OneByOne<Result> {
  /** What came of those that it was done to so far; null: it was not asked for. */
  outcomes: Outcomes<Result> | null;
  isRunning: boolean;
  run: (ids: readonly string[], deed: (id: string) => Promise<Result>) => Promise<Outcomes<Result>>;
}

/** Something that is done to several things, one after the other, as a dialog shows it. */
export function useOneByOne<Result>(): OneByOne<Result> {
  const [outcomes, setOutcomes] = useState<Outcomes<Result> | null>(null);
  const [isRunning, setRunning] = useState(false);
  const run: OneByOne<Result>["run"] = async (ids, deed) => {
    setRunning(true);
    setOutcomes(new Map());
    const found = await oneByOne(ids, deed, setOutcomes);
    setRunning(false);
    return found;
  };
  return { outcomes, isRunning, run };
}
