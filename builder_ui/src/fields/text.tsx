import { useTranslation } from "react-i18next";
import { TextInput } from "../canvas/TextInput";
import type { Field, InputProps, Words } from "./field";

interface Extra {
  help?: Words;
  placeholder?: Words;
  /** It stays in the file when it is emptied. */
  isRequired?: boolean;
}

/** A line of text. */
export function text(label: Words, { help, placeholder, isRequired = false }: Extra = {}): Field {
  function Input({ name, label: shown, help: helperText, value, set }: InputProps) {
    const { t } = useTranslation();
    return (
      <TextInput
        field={name}
        label={shown}
        helperText={helperText}
        placeholder={placeholder && t(placeholder)}
        value={textOf(value)}
        change={(typed) => set(typed === "" && !isRequired ? undefined : typed)}
      />
    );
  }
  return { label, ...(help && { help }), Input };
}

/** What stands in a field for texts; a hand-written file may hold something else there. */
export const textOf = (value: unknown): string => (typeof value === "string" ? value : value == null ? "" : JSON.stringify(value));
