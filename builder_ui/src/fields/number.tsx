import { TextInput } from "../canvas/TextInput";
import type { Field, InputProps, Words } from "./field";
import { typedNumber } from "./typedNumber";
import { textOf } from "./text";

function NumberInput({ name, label, help, value, set }: InputProps) {
  return (
    <TextInput
      field={name}
      label={label}
      helperText={help}
      value={textOf(value)}
      change={(typed) => set(typedNumber(typed))}
      slotProps={{ htmlInput: { inputMode: "decimal" } }}
    />
  );
}

/** A number; empty takes it out of the file. */
export const number = (label: Words, help: Words): Field => ({ label, help, Input: NumberInput });
