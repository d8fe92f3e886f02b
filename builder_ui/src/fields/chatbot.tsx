import Autocomplete from "@mui/material/Autocomplete";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import { useEditor } from "../canvas/editor";
import { useFault } from "../canvas/faults";
import { useChatbots } from "../chatbots/chatbots";
import type { Field, InputProps, Words } from "./field";
import { textOf } from "./text";

/** Another chatbot of the company on the same channel, by its name (ST-5). */
function ChatbotInput({ name, label, help, value, set }: InputProps) {
  const { t } = useTranslation();
  const own = useEditor(({ scenario }) => scenario);
  const chatbots = useChatbots();
  const fault = useFault(name);
  const names = new Map((chatbots.data ?? []).filter(({ channel }) => channel === own.channel).map((one) => [one.id, one.name]));
  const given = textOf(value);
  return (
    <Autocomplete
      options={[...names.keys()].filter((id) => id !== own.id)}
      getOptionLabel={(id) => names.get(id) ?? id}
      getOptionKey={(id) => id}
      value={given === "" ? null : given}
      isOptionEqualToValue={(id, chosen) => id === chosen}
      onChange={(_, chosen) => set(chosen ?? "")}
      loading={chatbots.isPending}
      noOptionsText={t("fields.no_other_chatbot")}
      renderInput={(input) => <TextField {...input} label={label} error={fault?.severity === "error"} helperText={fault?.message ?? help} />}
    />
  );
}

export const chatbot = (label: Words, help: Words): Field => ({ label, help, Input: ChatbotInput });
