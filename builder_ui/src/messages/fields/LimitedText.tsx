import { useTranslation } from "react-i18next";
import { TextInput } from "../../canvas/TextInput";
import { Counter } from "../../limits/Counter";
import { kindOf } from "../kinds";
import { fixedPart, lengthIn } from "../counting";
import { textOf } from "../../fields/text";
import type { FieldInputProps } from "./FieldInput";
import { helpOf, labelOf } from "./labels";
import { SmsCount, SmsNotes } from "./SmsCount";

/** Up to so many it is one line. */
const SHORT = 255;
const LINES = 3;

/** A text with its limit, counted while it is typed. Nothing is cut; an optional text that is empty is none. */
export function LimitedText({ owner, field, kind, value, change }: FieldInputProps<"text">) {
  const { t } = useTranslation();
  const text = textOf(value);
  const count = lengthIn(kind.unit, fixedPart(text));
  const isSms = kind.unit === "sms";
  const isLong = isSms || kind.most > SHORT;
  const input = (
    <TextInput
      label={labelOf(t, owner, field)}
      helperText={helpOf(t, owner, field)}
      field={field}
      takesVariables
      {...(isMessage(owner, field) && { placeholder: t("fields.message_placeholder") })}
      aside={isSms ? <SmsCount text={text} most={kind.most} /> : <Counter count={count} most={kind.most} />}
      error={count > kind.most}
      value={text}
      change={(typed) => change(typed === "" && !kind.required ? undefined : typed)}
      multiline={isLong}
      minRows={isLong && kind.required ? LINES : 1}
    />
  );
  if (!isSms) return input;
  return (
    <div>
      {input}
      <SmsNotes text={text} />
    </div>
  );
}

/** Whether it is what a whole message says. */
const isMessage = (owner: string, field: string) => field === "text" && kindOf(owner).type === "text" && !("id" in kindOf(owner).fields);
