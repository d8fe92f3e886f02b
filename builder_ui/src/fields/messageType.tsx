import MenuItem from "@mui/material/MenuItem";
import { useEditor } from "../canvas/editor";
import type { Scenario } from "../scenario/model";
import { useTranslation } from "react-i18next";
import type { Field, InputProps, Words } from "./field";
import { SelectInput } from "./SelectInput";
import { textOf } from "./text";

/** The types of content that a channel has (docs/reference/content.md). */
const TYPES = {
  sms: ["text"],
  rcs: ["text", "file", "card", "carousel"],
  viber: ["text", "file", "card"],
  whatsapp: ["text", "card", "list", "file", "request_location", "send_location", "template"],
  webchat: ["text", "card", "file"],
} as const satisfies Record<Scenario["channel"], readonly string[]>;

/** The type of content that a script returns (ST-2). */
function MessageTypeInput({ name, label, value, set }: InputProps) {
  const { t } = useTranslation();
  const types = useEditor(({ scenario }) => (Object.hasOwn(TYPES, scenario.channel) ? TYPES[scenario.channel] : []));
  return (
    <SelectInput field={name} label={label} value={value === undefined ? "text" : textOf(value)} known={types} choose={(type) => set(type === "text" ? undefined : type)}>
      {types.map((type) => (
        <MenuItem key={type} value={type}>
          {t(`message_types.${type}`)}
        </MenuItem>
      ))}
    </SelectInput>
  );
}

export const messageType = (label: Words): Field => ({ label, Input: MessageTypeInput });
