import MenuItem from "@mui/material/MenuItem";
import { useEditor } from "../canvas/editor";
import { isChannel, typesOf } from "../messages/kinds";
import { useTranslation } from "react-i18next";
import type { Field, InputProps, Words } from "./field";
import { SelectInput } from "./SelectInput";
import { textOf } from "./text";

/** The type of content that a script returns (ST-2). */
function MessageTypeInput({ name, label, value, set }: InputProps) {
  const { t } = useTranslation();
  const channel = useEditor(({ scenario }) => scenario.channel);
  const types = isChannel(channel) ? typesOf(channel) : [];
  return (
    <SelectInput field={name} label={label} value={value === undefined ? "text" : textOf(value)} known={types} choose={(type) => set(type === "text" ? undefined : type)}>
      {types.map((type) => (
        <MenuItem key={type} value={type}>
          {t(`messages.types.${type}` as "messages.types.text")}
        </MenuItem>
      ))}
    </SelectInput>
  );
}

export const messageType = (label: Words): Field => ({ label, Input: MessageTypeInput });
