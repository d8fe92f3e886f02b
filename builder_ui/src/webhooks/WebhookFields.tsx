import Autocomplete from "@mui/material/Autocomplete";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import { useSenders } from "../senders/senders";
import { fieldError } from "../workspace/places";
import { useWebhookWords } from "./useWebhookWords";
import { KINDS, type Kind, type NewWebhook } from "./webhooks";

export type WebhookValues = Required<Pick<NewWebhook, "name" | "address" | "events" | "senders">>;

interface WebhookFieldsProps {
  values: WebhookValues;
  change: (values: WebhookValues) => void;
  error: unknown;
  disabled?: boolean;
}

/** What a webhook is: its name, where events go, which, and of which senders. */
export function WebhookFields({ values, change, error, disabled = false }: WebhookFieldsProps) {
  const { t } = useTranslation();
  const words = useWebhookWords();
  const senders = useSenders().data ?? [];
  const names = new Map(senders.map(({ id, name }) => [id, name]));
  return (
    <>
      <TextField label={t("webhooks.name")} value={values.name} disabled={disabled} required onChange={(event) => change({ ...values, name: event.target.value })} {...fieldError(error, "/name")} />
      <TextField
        label={t("webhooks.address")}
        helperText={t("webhooks.address_help")}
        type="url"
        value={values.address}
        disabled={disabled}
        required
        onChange={(event) => change({ ...values, address: event.target.value })}
        {...fieldError(error, "/address")}
      />
      <Autocomplete
        multiple
        disableCloseOnSelect
        disabled={disabled}
        options={KINDS as readonly Kind[]}
        getOptionLabel={words.kind}
        value={values.events}
        onChange={(_, events) => change({ ...values, events })}
        renderInput={(input) => <TextField {...input} label={t("webhooks.events")} helperText={t("webhooks.events_help")} {...fieldError(error, "/events")} />}
      />
      <Autocomplete
        multiple
        disableCloseOnSelect
        disabled={disabled}
        options={senders.map(({ id }) => id)}
        getOptionLabel={(id) => names.get(id) ?? id}
        value={values.senders}
        onChange={(_, chosen) => change({ ...values, senders: chosen })}
        renderInput={(input) => <TextField {...input} label={t("webhooks.senders")} helperText={t("webhooks.senders_help")} {...fieldError(error, "/senders")} />}
      />
    </>
  );
}
