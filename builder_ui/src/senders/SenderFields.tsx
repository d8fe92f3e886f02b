import Alert from "@mui/material/Alert";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import { ChoiceField } from "../workspace/ChoiceField";
import { fieldError, otherErrors } from "../workspace/places";
import { aboutIdentity } from "./adapterWords";
import { CredentialInputs } from "./CredentialInputs";
import { fieldsOf } from "./credentialFields";
import { OriginsField } from "./OriginsField";
import { type SenderValues, STATUSES, type Status } from "./senderValues";
import type { Adapter } from "./senders";

/** The one adapter that has no vendor: its chat is on this server. */
export const WEB_CHAT = "webchat";

interface SenderFieldsProps {
  adapter: Adapter;
  values: SenderValues;
  change: (values: SenderValues) => void;
  error: Error | null;
  secrets?: Readonly<Record<string, boolean>>;
  isNew?: boolean;
  disabled?: boolean;
}

/** Everything that can be said of a sender. */
export function SenderFields({ adapter, values, change, error, secrets = {}, isNew = false, disabled = false }: SenderFieldsProps) {
  const { t } = useTranslation();
  const put = (more: Partial<SenderValues>) => change({ ...values, ...more });
  const isWebChat = adapter.name === WEB_CHAT;
  const statuses = STATUSES.map((status) => ({ value: status, name: t(`sender_status.${status}`) }));
  const placed = ["/name", "/identity", "/rate", "/status", ...fieldsOf(adapter).map(({ name }) => `/credentials/${name}`)];
  const others = otherErrors(error, placed).filter(() => !isWebChat);
  return (
    <>
      {others.map((text) => (
        <Alert key={text} severity="error">
          {text}
        </Alert>
      ))}
      <TextField label={t("senders.name")} required autoFocus={isNew} disabled={disabled} value={values.name} onChange={(event) => put({ name: event.target.value })} helperText={t("senders.name_help")} {...fieldError(error, "/name")} />
      {!isWebChat && (
        <TextField label={t("senders.identity")} disabled={disabled} value={values.identity} onChange={(event) => put({ identity: event.target.value })} helperText={aboutIdentity(adapter.name, t)} {...fieldError(error, "/identity")} />
      )}
      <CredentialInputs adapter={adapter} values={values.credentials} change={(credentials) => put({ credentials })} error={error} secrets={secrets} disabled={disabled} />
      {isWebChat && <OriginsField value={values.origins} change={(origins) => put({ origins })} error={error} disabled={disabled} />}
      {!isNew && (
        <ChoiceField label={t("senders.status")} disabled={disabled} value={values.status} choices={statuses} change={(status) => put({ status: status as Status })} helperText={t("senders.status_help")} {...fieldError(error, "/status")} />
      )}
      {!(isNew && isWebChat) && (
        <TextField type="number" label={t("senders.rate")} disabled={disabled} value={values.rate} onChange={(event) => put({ rate: event.target.value })} helperText={t("senders.rate_help", { rate: adapter.rate })} {...fieldError(error, "/rate")} />
      )}
    </>
  );
}
