import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Schemas } from "../api/client";
import { useProblemWords } from "../problems/words";

type Problem = Schemas["ProblemView"];

/** What is wrong with the node whose fields are shown, and the place in it of the fields here: `step.content`. */
interface Place {
  problems: readonly Problem[];
  at: string;
}

const Here = createContext<Place>({ problems: [], at: "" });

/** The fields inside belong to a node that this is wrong with (ED-3). */
export function FaultsProvider({ problems, children }: { problems: readonly Problem[]; children: ReactNode }) {
  const place = useMemo(() => ({ problems, at: "" }), [problems]);
  return <Here.Provider value={place}>{children}</Here.Provider>;
}

/** The fields inside stand below this field: `suggestions[2]`. */
export function Within({ at, children }: { at: string; children: ReactNode }) {
  const { problems, at: before } = useContext(Here);
  const place = useMemo(() => ({ problems, at: joined(before, at) }), [problems, before, at]);
  return <Here.Provider value={place}>{children}</Here.Provider>;
}

export interface Fault {
  severity: Problem["severity"];
  message: string;
}

/** The worst that is wrong at a field, or at what is inside one that is edited as a whole; null: nothing. */
export function useFault(field: string, parts: "itself" | "inside" = "itself"): Fault | null {
  const { problems, at } = useContext(Here);
  const words = useProblemWords();
  const found = faultAt(problems, joined(at, field), parts);
  if (!found) return null;
  const { sentence, detail } = words(found);
  return { severity: found.severity, message: detail || sentence };
}

const joined = (before: string, field: string) => (before && field ? `${before}${field.startsWith("[") ? "" : "."}${field}` : before || field);

/** The worst of the problems at a field. */
export function faultAt(problems: readonly Problem[], field: string, parts: "itself" | "inside" = "itself"): Problem | null {
  const fits = (one: string) => one === field || (parts === "inside" && (one.startsWith(`${field}.`) || one.startsWith(`${field}[`)));
  const found = problems.filter((one) => fits(one.field ?? ""));
  return found.find(({ severity }) => severity === "error") ?? found[0] ?? null;
}
