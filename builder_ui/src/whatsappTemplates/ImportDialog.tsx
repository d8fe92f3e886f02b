import Typography from "@mui/material/Typography";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "../workspace/FormDialog";
import { fieldError } from "../workspace/places";
import { tell } from "../workspace/toasts";
import { SenderField } from "./SenderField";
import { importTemplates, type Sender } from "./templates";

/** Brings what a sender has at WhatsApp. */
export function ImportDialog({ senders, close }: { senders: Sender[]; close: () => void }) {
  const { t } = useTranslation();
  const [sender, setSender] = useState(senders[0]?.id ?? "");
  const importing = useMutation({
    mutationFn: () => importTemplates(sender),
    onSuccess: (imported) => {
      close();
      tell("success", t("whatsapp_templates.imported", { ...imported }));
    },
  });
  return (
    <FormDialog title={t("whatsapp_templates.import")} verb={t("whatsapp_templates.import_go")} saving={importing} close={close}>
      <Typography>{t("whatsapp_templates.import_text")}</Typography>
      <SenderField senders={senders} value={sender} change={setSender} {...fieldError(importing.error, "/sender")} />
    </FormDialog>
  );
}
