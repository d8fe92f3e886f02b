import MenuItem from "@mui/material/MenuItem";
import { useTranslation } from "react-i18next";
import type { Field, InputProps, Words } from "./field";
import { textOf } from "./text";
import { SelectInput } from "./SelectInput";

/** One of a few values. Every value has its words: one that the format gets and this lacks does not compile. The one that holds when nothing is said is not written. */
export function choice<Value extends string>(label: Words, words: Readonly<Record<Value, Words>>, whenUnsaid: Value | null, help?: Words): Field {
  const values = Object.keys(words) as Value[];
  function Input({ name, label: shown, help: helperText, value, set }: InputProps) {
    const { t } = useTranslation();
    return (
      <SelectInput
        field={name}
        label={shown}
        helperText={helperText}
        value={value === undefined ? (whenUnsaid ?? "") : textOf(value)}
        known={values}
        choose={(chosen) => set(chosen === whenUnsaid ? undefined : chosen)}
      >
        {values.map((one) => (
          <MenuItem key={one} value={one}>
            {t(words[one] as Words)}
          </MenuItem>
        ))}
      </SelectInput>
    );
  }
  return { label, ...(help && { help }), Input };
}
