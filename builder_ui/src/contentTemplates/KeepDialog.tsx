import Alert from "@mui/material/Alert";
import TextField from "@mui/material/TextField";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Content } from "../messages/values";
import { FormDialog } from "../workspace/FormDialog";
import { fieldError, otherErrors } from "../workspace/places";
import { tell } from "../workspace/toasts";
import { makeContentTemplate } from "./contentTemplates";

interface KeepDialogProps {
  channel: string;
  content: Content;
  close: () => void;
}

/** Keeps a message as a content template under a name. */
export function KeepDialog({ channel, content, close }: KeepDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const saving = useMutation({
    mutationFn: () => makeContentTemplate({ name, channel, content }),
    onSuccess: () => {
      close();
      tell("success", t("content_templates.saved"));
    },
  });
  const mistakes = otherErrors(saving.error, ["/name"]);
  return (
    <FormDialog title={t("content_templates.keep")} verb={t("work.save")} saving={saving} close={close} isReady={name.trim() !== ""}>
      {mistakes.length > 0 && <Alert severity="error">{t("content_templates.not_right", { problem: mistakes[0] })}</Alert>}
      <TextField label={t("content_templates.name")} helperText={t("content_templates.keep_help")} value={name} onChange={(event) => setName(event.target.value)} autoFocus required {...fieldError(saving.error, "/name")} />
    </FormDialog>
  );
}
