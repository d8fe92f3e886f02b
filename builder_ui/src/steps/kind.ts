import type { ComponentType } from "react";
import type { FieldsOf } from "../fields/field";
import type { Step } from "../scenario/model";

export type Type = Step["type"];
export type Of<T extends Type> = Extract<Step, { type: T }>;

/** What the page knows of a type of step: one file each, as in the runtime. */
export interface StepKind<T extends Type = Type> {
  icon: ComponentType;
  /** A new step. `variable`: a name that nothing is kept under yet. */
  initial: (variable: string) => Of<T>;
  /** What the canvas shows of it, in its own words; empty: the name of the type says it. */
  summary: (step: Of<T>) => string;
  /** The variables that it sets, as far as that can be told; none when left out. */
  sets?: (step: Of<T>) => readonly unknown[];
  /** Nothing follows it: it goes somewhere by itself. */
  leaves?: true;
  /** Every field, in the order of the panel. */
  fields: FieldsOf<Of<T>, "type">;
}

export const defineStep = <T extends Type>(kind: StepKind<T>): StepKind<T> => kind;
