import Autocomplete from "@mui/material/Autocomplete";
import TextField from "@mui/material/TextField";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSentenceOf } from "../roles/useSentenceOf";
import { useSenders } from "../senders/senders";
import { FormDialog } from "../workspace/FormDialog";
import { fieldError } from "../workspace/places";
import { useMe } from "../workspace/session";
import { type MadeKey, makeKey, usePermissions } from "./keys";

interface NewKeyDialogProps {
  made: (key: MadeKey) => void;
  close: () => void;
}

/** A new key: whose it is, what it may do, and until when. */
export function NewKeyDialog({ made, close }: NewKeyDialogProps) {
  const { t } = useTranslation();
  const me = useMe();
  const permissions = usePermissions();
  const all = useSenders().data ?? [];
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<string[]>([]);
  const [senders, setSenders] = useState<string[]>([]);
  const [expires, setExpires] = useState("");
  const expires_at = expires ? new Date(`${expires}T00:00`).toISOString() : null;
  const making = useMutation({
    mutationFn: () => makeKey({ name, scopes, expires_at, senders: senders.length ? senders : null }),
    onSuccess: (key) => {
      close();
      made(key);
    },
  });
  const sentenceOf = useSentenceOf();
  const sentence = (scope: string) => {
    const permission = permissions.data?.items.find((one) => one.name === scope);
    return permission && sentenceOf(permission);
  };
  return (
    <FormDialog title={t("keys.new")} verb={t("keys.make")} saving={making} close={close}>
      <TextField label={t("keys.name")} value={name} onChange={(event) => setName(event.target.value)} autoFocus required {...fieldError(making.error, "/name")} />
      <Autocomplete
        multiple
        disableCloseOnSelect
        options={me.permissions}
        value={scopes}
        onChange={(_, chosen) => setScopes(chosen)}
        renderOption={({ key, ...props }, scope) => (
          <li key={key} {...props}>
            <span>
              <code>{scope}</code>
              <br />
              {sentence(scope)}
            </span>
          </li>
        )}
        renderInput={(input) => <TextField {...input} label={t("keys.scopes")} {...fieldError(making.error, "/scopes")} />}
      />
      <Autocomplete
        multiple
        disableCloseOnSelect
        options={all.map(({ id }) => id)}
        getOptionLabel={(id) => all.find((one) => one.id === id)?.name ?? id}
        value={senders}
        onChange={(_, chosen) => setSenders(chosen)}
        renderInput={(input) => <TextField {...input} label={t("keys.senders")} helperText={t("keys.senders_help")} {...fieldError(making.error, "/senders")} />}
      />
      <TextField
        label={t("keys.expires")}
        helperText={t("keys.expires_help")}
        type="date"
        value={expires}
        onChange={(event) => setExpires(event.target.value)}
        slotProps={{ inputLabel: { shrink: true } }}
        {...fieldError(making.error, "/expires_at")}
      />
    </FormDialog>
  );
}
