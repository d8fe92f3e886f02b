import { useTranslation } from "react-i18next";
import { TextInput } from "../canvas/TextInput";
import type { Field, InputProps, Words } from "./field";

interface TextContent {
  type: "text";
  text: string;
}

const isText = (content: unknown): content is TextContent => (content as Partial<TextContent> | null)?.type === "text";

/** What is sent. */
function MessageInput({ name, label, value, set }: InputProps) {
  const { t } = useTranslation();
  if (!isText(value)) return null;
  return (
    <TextInput field={`${name}.text`} label={label} placeholder={t("fields.message_placeholder")} value={value.text} change={(text) => set({ ...value, text })} multiline minRows={3} />
  );
}

export const message = (label: Words): Field => ({ label, Input: MessageInput });
