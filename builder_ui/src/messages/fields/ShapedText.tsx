import { useTranslation } from "react-i18next";
import { TextInput } from "../../canvas/TextInput";
import type { Kind } from "../kinds";
import { textOf } from "../../fields/text";
import type { FieldInputProps } from "./FieldInput";
import { helpOf, labelOf } from "./labels";

const INPUT_MODES: Partial<Record<Kind, "url" | "tel">> = { url: "url", phone: "tel" };

/** A text of one shape: an address, a phone number, a moment, a name. Variables may stand in for it. */
export function ShapedText({ owner, field, kind, value, change }: FieldInputProps<"url" | "phone" | "moment" | "key">) {
  const { t } = useTranslation();
  const inputMode = INPUT_MODES[kind.kind];
  return (
    <TextInput
      label={labelOf(t, owner, field)}
      helperText={helpOf(t, owner, field)}
      field={field}
      takesVariables={kind.kind !== "key"}
      value={textOf(value)}
      change={(typed) => change(typed === "" && !kind.required ? undefined : typed)}
      slotProps={{ htmlInput: { ...(inputMode && { inputMode }) } }}
    />
  );
}
