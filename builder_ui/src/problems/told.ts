import type { Schemas } from "../api/client";
import type { Scenario } from "../scenario/model";
import { at, keysOf } from "./paths";

type Problem = Schemas["ProblemView"];

/** A step that is open, and what was known to be wrong as it was opened; nothing of a new one. */
export interface Opened {
  id: string;
  found: readonly Problem[];
}

/**
 * What is told on the canvas and in the panel. Whoever works on a step sees what is still empty in it: that is told
 * once they have left it, and where it was so already when they came; of a new step that nobody has come to, not yet.
 * The list of all problems tells it at once.
 */
export function toldOf(problems: readonly Problem[], scenario: Scenario, opened: Opened | null, seen: ReadonlySet<string>): readonly Problem[] {
  const isKnown = (problem: Problem) => (opened && problem.node === opened.id ? opened.found.some((one) => isSame(one, problem)) : !problem.node || seen.has(problem.node));
  const isHushed = (problem: Problem) => !isKnown(problem) && isOfNothing(scenario, problem);
  return problems.some(isHushed) ? problems.filter((problem) => !isHushed(problem)) : problems;
}

const isSame = (one: Problem, other: Problem) => one.code === other.code && one.node === other.node && one.field === other.field;

/** Whether it is wrong that there is nothing yet: no words, no link. */
function isOfNothing(scenario: Scenario, { code, node, field }: Problem): boolean {
  const found = scenario.nodes.find(({ id }) => id === node);
  return field ? isNothing(at(found, keysOf(field))) : code === "unreachable";
}

function isNothing(value: unknown): boolean {
  if (typeof value === "string") return value.trim() === "";
  return value === null || value === undefined || (typeof value === "object" && Object.keys(value).length === 0);
}
