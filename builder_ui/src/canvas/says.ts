import { useTranslation } from "react-i18next";
import { ELSE, exitsOf, isAction, type Node } from "../scenario/model";
import { kindOf } from "../steps/registry";
import { useSummary } from "../steps/useSummary";

/** What tells a node apart from another of its name: what it says or does, or its branches. */
export function useSays(): (node: Node) => string {
  const { t } = useTranslation();
  const summary = useSummary();
  return (node) => {
    if (isAction(node)) return summary(node.step) || (kindOf(node.step) ? t(`steps.${node.step.type}`) : node.step.type);
    return exitsOf(node)
      .map(({ handle, label }) => label || t(handle === ELSE ? "canvas.else" : "canvas.unnamed_branch"))
      .join(" · ");
  };
}
