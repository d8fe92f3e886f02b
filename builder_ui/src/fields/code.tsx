import { ScriptInput } from "../code/ScriptInput";
import type { Field, Words } from "./field";

/** A script. */
export const code = (label: Words): Field => ({ label, Input: ScriptInput });
