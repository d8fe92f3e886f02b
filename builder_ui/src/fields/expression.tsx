import { TextInput } from "../canvas/TextInput";
import type { Field, InputProps, Words } from "./field";
import { textOf } from "./text";

/** Something that is true or not (CN-2, CN-3). */
export function ExpressionInput({ name, label, help, value, set }: InputProps) {
  return <TextInput field={name} label={label} helperText={help} value={textOf(value)} change={(typed) => set(typed || undefined)} />;
}

export const expression = (label: Words, help: Words): Field => ({ label, help, Input: ExpressionInput });
