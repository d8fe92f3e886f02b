import { createContext, useContext, useMemo } from "react";
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

interface Known {
  problems: readonly Problem[];
  worst: ReadonlyMap<string, Worst>;
}

const Problems = createContext<Known>({ problems: [], worst: new Map() });
export const ProblemsProvider = Problems.Provider;

export const useWorst = (id: string): Worst | undefined => useContext(Problems).worst.get(id);

/** The worst of each node that something is wrong with. */
export const useWorsts = (): ReadonlyMap<string, Worst> => useContext(Problems).worst;

/** All that is wrong with a node. */
export function useProblemsOf(id: string): readonly Problem[] {
  const { problems } = useContext(Problems);
  return useMemo(() => problems.filter(({ node }) => node === id), [problems, id]);
}
