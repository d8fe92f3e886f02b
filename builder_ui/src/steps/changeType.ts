import { isAction, type Scenario, type Step } from "../scenario/model";
import { freshId } from "../scenario/operations";
import type { Type } from "./kind";
import { STEPS } from "./registry";

/** A step of another type: what fits of the one before stays, and so do own fields (`x-`). */
export function changedType(step: Step, type: Type, variable: string): Step {
  const fresh = STEPS[type].initial(variable);
  const fits = ([name]: [string, unknown]) => name.startsWith("x-") || Object.hasOwn(STEPS[type].fields, name);
  return { ...fresh, ...Object.fromEntries(Object.entries(step).filter(fits)), type } as Step;
}

/** A name that no step keeps anything under. */
export function freshVariable(scenario: Scenario): string {
  const taken = scenario.nodes.flatMap((node) => (isAction(node) && "save_as" in node.step ? [String(node.step.save_as)] : []));
  return freshId(taken, "answer");
}
