import TextField from "@mui/material/TextField";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "../workspace/FormDialog";
import { fieldError } from "../workspace/places";
import { tell } from "../workspace/toasts";
import { type Chatbot, copyChatbot } from "./chatbots";
import { suggestedId } from "./ids";

interface CopyDialogProps {
  chatbot: Chatbot;
  taken: readonly string[];
  close: () => void;
}

/** A copy of a chatbot under another name. */
export function CopyDialog({ chatbot, taken, close }: CopyDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(t("chatbots.copy_name", { name: chatbot.name }));
  const id = suggestedId(name, taken);
  const copying = useMutation({
    mutationFn: () => copyChatbot(chatbot.id, { id, name }),
    onSuccess: () => {
      tell("success", t("chatbots.copied", { name }));
      close();
    },
  });
  return (
    <FormDialog title={t("chatbots.copy_title", { name: chatbot.name })} verb={t("chatbots.copy")} saving={copying} close={close}>
      <TextField label={t("chatbots.name")} value={name} onChange={(event) => setName(event.target.value)} autoFocus required {...fieldError(copying.error, "/name")} />
      <TextField label={t("chatbots.id")} value={id} slotProps={{ htmlInput: { readOnly: true } }} {...fieldError(copying.error, "/id")} />
    </FormDialog>
  );
}
