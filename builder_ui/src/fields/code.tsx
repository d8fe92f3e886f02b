import { TextInput } from "../canvas/TextInput";
import type { Field, InputProps, Words } from "./field";
import { textOf } from "./text";

function CodeInput({ name, label, value, set }: InputProps) {
  return (
    <TextInput
      field={name}
      label={label}
      value={textOf(value)}
      change={set}
      multiline
      minRows={6}
      slotProps={{ htmlInput: { spellCheck: false, style: { fontFamily: "monospace", fontSize: 13 } } }}
    />
  );
}

/** A script. */
export const code = (label: Words): Field => ({ label, Input: CodeInput });
