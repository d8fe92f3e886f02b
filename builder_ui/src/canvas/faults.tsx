import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useState } from "react";
import { createStore, type StoreApi, useStore } from "zustand";
import type { Schemas } from "../api/client";
import { useProblemWords } from "../problems/words";

type Problem = Schemas["ProblemView"];
type Parts = "itself" | "inside";

/** A field that is shown: what is wrong there is told there. */
interface Teller {
  field: string;
  parts: Parts;
}
type Tellers = StoreApi<readonly Teller[]>;

/** What is wrong with the node whose fields are shown, and the place in it of the fields here: `step.content`. */
interface Place {
  problems: readonly Problem[];
  at: string;
  tellers: Tellers;
}

const noTellers = (): Tellers => createStore<readonly Teller[]>(() => []);
const Here = createContext<Place>({ problems: [], at: "", tellers: noTellers() });

/** The fields inside belong to a node that this is wrong with (ED-3). */
export function FaultsProvider({ problems, children }: { problems: readonly Problem[]; children: ReactNode }) {
  const [tellers] = useState(noTellers);
  const place = useMemo(() => ({ problems, at: "", tellers }), [problems, tellers]);
  return <Here.Provider value={place}>{children}</Here.Provider>;
}

/** The fields inside stand below this field: `suggestions[2]`. */
export function Within({ at, children }: { at: string; children: ReactNode }) {
  const { problems, at: before, tellers } = useContext(Here);
  const place = useMemo(() => ({ problems, at: joined(before, at), tellers }), [problems, before, at, tellers]);
  return <Here.Provider value={place}>{children}</Here.Provider>;
}

export interface Fault {
  severity: Problem["severity"];
  message: string;
  /** The worst of what is wrong there. */
  worst: Problem;
}

/**
 * What is wrong at a field, or at what is inside one that is edited as a whole; null: nothing, or there is no field.
 * Who asks tells it: it is told nowhere else.
 */
export function useFault(field: string | null, parts: Parts = "itself"): Fault | null {
  const { problems, at, tellers } = useContext(Here);
  const words = useProblemWords();
  const place = field === null ? null : joined(at, field);
  useLayoutEffect(() => {
    if (place === null) return;
    const teller: Teller = { field: place, parts };
    tellers.setState((all) => [...all, teller], true);
    return () => tellers.setState((all) => all.filter((one) => one !== teller), true);
  }, [tellers, place, parts]);
  if (place === null) return null;
  const found = problems.filter((problem) => isAt(problem, place, parts));
  const worst = faultAt(problems, place, parts);
  if (!worst) return null;
  const messages = found.map((problem) => words(problem).line);
  return { severity: worst.severity, message: [...new Set(messages)].join(" "), worst };
}

/** How bad it is at what is inside a place, for a mark: it is told further inside. */
export function useSeverityInside(): Problem["severity"] | null {
  const { problems, at } = useContext(Here);
  return faultAt(problems, at, "inside")?.severity ?? null;
}

/** What is wrong with the node, and told at none of the fields that are shown. */
export function useUntold(): readonly Problem[] {
  const { problems, tellers } = useContext(Here);
  const all = useStore(tellers);
  return useMemo(() => problems.filter((problem) => !all.some(({ field, parts }) => isAt(problem, field, parts))), [problems, all]);
}

const joined = (before: string, field: string) => (before && field ? `${before}${field.startsWith("[") ? "" : "."}${field}` : before || field);

function isAt({ field = "" }: Problem, place: string, parts: Parts): boolean {
  return field === place || (parts === "inside" && (place === "" || field.startsWith(`${place}.`) || field.startsWith(`${place}[`)));
}

/** The worst of the problems at a field. */
export function faultAt(problems: readonly Problem[], field: string, parts: Parts = "itself"): Problem | null {
  const found = problems.filter((problem) => isAt(problem, field, parts));
  return found.find(({ severity }) => severity === "error") ?? found[0] ?? null;
}
