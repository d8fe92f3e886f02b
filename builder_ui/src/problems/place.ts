import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { branchesOf, isAction, type Node, type Scenario } from "../scenario/model";

type Place = Pick<Schemas["ProblemView"], "node" | "field">;

/** What the branch or the else that a field belongs to is called; empty: it belongs to none. */
export type BranchName = (node: Node, field: string) => string;

/** How branches are named to whoever builds, those without a name included. */
export function useBranchName(): BranchName {
  const { t } = useTranslation();
  return useCallback(
    (node, field) => {
      if (isAction(node)) return "";
      if (/^else\b/.test(field)) return node.else?.label || t("canvas.else");
      const index = Number(/^branches\[(\d+)\]/.exec(field)?.[1] ?? NaN);
      return Number.isNaN(index) ? "" : branchesOf(node)[index]?.label || t("panel.branch", { number: index + 1 });
    },
    [t],
  );
}

/** Where a problem is, by the names that whoever builds has given: the step, and the branch in it. Empty: it is nowhere in particular. */
export function placeOf({ nodes }: Scenario, { node, field }: Place, branchName: BranchName): string {
  const found = nodes.find(({ id }) => id === node);
  return [found?.label || node, found && branchName(found, field ?? "")].filter(Boolean).join(" › ");
}
