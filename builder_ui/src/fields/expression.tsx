import { ExpressionInput } from "../expressions/ExpressionInput";
import type { Field, Words } from "./field";

/** Something that is true or not. */
export const expression = (label: Words, help: Words): Field => ({ label, help, Input: ExpressionInput });
