import type { Step } from "../scenario/model";
import { ask_question } from "./askQuestion";
import { dynamic_message } from "./dynamicMessage";
import { execute_code } from "./executeCode";
import { handover } from "./handover";
import { jump } from "./jump";
import type { StepKind, Type } from "./kind";
import { opt_out } from "./optOut";
import { reset } from "./reset";
import { static_message } from "./staticMessage";

export const STEPS: { [T in Type]: StepKind<T> } = { static_message, ask_question, dynamic_message, execute_code, jump, reset, handover, opt_out };

export const STEP_TYPES = Object.keys(STEPS) as Type[];

/** What is known of a step's type; null for one of a newer format. */
export const kindOf = (step: Step): StepKind | null => (Object.hasOwn(STEPS, step.type) ? (STEPS[step.type] as unknown as StepKind) : null);

/** What the canvas shows of a step; empty: the name of its type says it. A draft may hold anything at its fields. */
export function summaryOf(step: Step): string {
  const summary: unknown = kindOf(step)?.summary(step as never);
  return typeof summary === "string" ? summary : "";
}

/** The variables that a step sets, as far as that can be told. */
export function setBy(step: Step): string[] {
  const names = kindOf(step)?.sets?.(step as never) ?? [];
  return names.filter((name): name is string => typeof name === "string" && name !== "");
}
