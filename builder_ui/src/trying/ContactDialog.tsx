import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "../workspace/FormDialog";
import { contactOf, type TypedContact, typedContact } from "./contact";
import { useTrial } from "./current";

const FIELDS = ["name", "phone", "language"] as const;

/** Who chats: what the chatbot knows about the contact. */
export function ContactDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const trial = useTrial();
  const [typed, setTyped] = useState<TypedContact>(() => typedContact(trial.store.getState().chat.contact));
  const saving = useMutation({ mutationFn: async () => trial.beContact(contactOf(typed)), onSuccess: close });
  return (
    <FormDialog title={t("trying.contact")} verb={t("trying.use_contact")} saving={saving} close={close}>
      <Typography>{t("trying.contact_help")}</Typography>
      {FIELDS.map((field) => (
        <TextField key={field} label={t(`trying.contact_${field}`)} value={typed[field]} onChange={(event) => setTyped({ ...typed, [field]: event.target.value })} />
      ))}
      <TextField multiline minRows={3} label={t("trying.contact_attributes")} helperText={t("trying.attributes_help")} value={typed.attributes} onChange={(event) => setTyped({ ...typed, attributes: event.target.value })} />
    </FormDialog>
  );
}
