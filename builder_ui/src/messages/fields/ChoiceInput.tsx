import { useTranslation } from "react-i18next";
import { Choice } from "./Choice";
import type { FieldInputProps } from "./FieldInput";
import { choiceOf, labelOf } from "./labels";

/** One of a few values. */
export function ChoiceInput({ owner, field, kind, value, change }: FieldInputProps<"choice">) {
  const { t } = useTranslation();
  const chosen = value ?? kind.default ?? "";
  const options = kind.values.map((one) => ({ value: String(one), label: choiceOf(t, field, one) }));
  return (
    <Choice
      label={labelOf(t, owner, field)}
      field={field}
      value={String(chosen)}
      options={options}
      choose={(text) => change(kind.values.find((one) => String(one) === text))}
    />
  );
}
