import TextField from "@mui/material/TextField";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Status } from "../senders/senderValues";
import { ChoiceField } from "../workspace/ChoiceField";
import { FormDialog } from "../workspace/FormDialog";
import { fieldError } from "../workspace/places";
import { tell } from "../workspace/toasts";
import { decisionsOf } from "./decisions";
import type { Registration } from "./draft";
import { moveRegistration } from "./registrations";

/** Records what the vendor or operator decided. */
export function DecisionDialog({ registration, close }: { registration: Registration; close: () => void }) {
  const { t } = useTranslation();
  const [status, setStatus] = useState<Status | null>(null);
  const [note, setNote] = useState("");
  // an SMS sender is known by its name; an agent is given its id
  const [identity, setIdentity] = useState(registration.identity || (registration.channel === "sms" ? registration.name : ""));
  const saving = useMutation({
    mutationFn: () => moveRegistration(registration.id, { status: status!, note: note.trim(), identity: identity.trim() }),
    onSuccess: () => {
      tell("success", t("registrations.recorded"));
      close();
    },
  });
  const choices = decisionsOf(registration.next).map((value) => ({ value, name: t(`sender_status.${value}`) }));
  return (
    <FormDialog title={t("registrations.record_title")} verb={t("registrations.record_go")} saving={saving} close={close} isReady={status !== null}>
      <ChoiceField label={t("registrations.status")} required autoFocus value={status} choices={choices} change={(value) => setStatus(value as Status)} helperText={status ? t(`registrations.next.${status}`) : t("registrations.status_help")} />
      <TextField label={t("registrations.note")} multiline minRows={2} value={note} onChange={(event) => setNote(event.target.value)} helperText={t("registrations.note_help")} {...fieldError(saving.error, "/note")} />
      <TextField label={t("registrations.identity")} value={identity} onChange={(event) => setIdentity(event.target.value)} helperText={t("registrations.identity_help")} {...fieldError(saving.error, "/identity")} />
    </FormDialog>
  );
}
