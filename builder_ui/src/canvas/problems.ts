import { createContext, useContext } from "react";
import type { Schemas } from "../api/client";

type Problem = Schemas["ProblemView"];
export type Worst = "error" | "warning";

/** The worst that is wrong with each node that something is wrong with. */
export function worstByNode(problems: readonly Problem[]): ReadonlyMap<string, Worst> {
  const worst = new Map<string, Worst>();
  for (const { node, severity } of problems) {
    if (!node || worst.get(node) === "error") continue;
    if (severity === "error" || severity === "warning") worst.set(node, severity);
  }
  return worst;
}

const Worsts = createContext<ReadonlyMap<string, Worst>>(new Map());
export const ProblemsProvider = Worsts.Provider;

export const useWorst = (id: string): Worst | undefined => useContext(Worsts).get(id);
