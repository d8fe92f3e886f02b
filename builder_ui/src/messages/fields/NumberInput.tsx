import { useTranslation } from "react-i18next";
import { TextInput } from "../../canvas/TextInput";
import { textOf } from "../../fields/text";
import { typedNumber } from "../../fields/typedNumber";
import type { FieldInputProps } from "./FieldInput";
import { labelOf } from "./labels";

/** A number; what is none yet, or has a variable in it, stays as it is typed. */
export function NumberInput({ owner, field, kind, value, change }: FieldInputProps<"number" | "integer">) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={labelOf(t, owner, field)}
      helperText={t("messages.number_help", { least: kind.least, most: kind.most })}
      field={field}
      takesVariables={kind.kind === "number"}
      value={textOf(value ?? kind.default)}
      change={(typed) => change(typedNumber(typed))}
      slotProps={{ htmlInput: { inputMode: "decimal" } }}
    />
  );
}
