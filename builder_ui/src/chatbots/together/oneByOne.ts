/** What came of doing something to one of several; an error: it was not done. */
export type Outcome<Result> = { done: Result } | { error: unknown };

export type Outcomes<Result> = ReadonlyMap<string, Outcome<Result>>;

/** Do something to several things, one after the other; one that fails does not stop the others. Each outcome is told at once. */
export async function oneByOne<Result>(ids: readonly string[], deed: (id: string) => Promise<Result>, tell: (outcomes: Outcomes<Result>) => void): Promise<Outcomes<Result>> {
  let outcomes: Outcomes<Result> = new Map();
  for (const id of ids) {
    const outcome = await outcomeOf(deed(id));
    outcomes = new Map(outcomes).set(id, outcome);
    tell(outcomes);
  }
  return outcomes;
}

async function outcomeOf<Result>(doing: Promise<Result>): Promise<Outcome<Result>> {
  try {
    return { done: await doing };
  } catch (error) {
    return { error };
  }
}

/** Those that something was not done to, and why. */
export const failuresOf = (outcomes: Outcomes<unknown>): [id: string, error: unknown][] =>
  [...outcomes].flatMap(([id, outcome]) => ("error" in outcome ? [[id, outcome.error] as [string, unknown]] : []));

/** What came of those that it was done to. */
export const doneOf = <Result>(outcomes: Outcomes<Result>): Result[] => [...outcomes.values()].flatMap((outcome) => ("done" in outcome ? [outcome.done] : []));
