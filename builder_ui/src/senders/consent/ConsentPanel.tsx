import FormControlLabel from "@mui/material/FormControlLabel";
import Stack from "@mui/material/Stack";
import Switch from "@mui/material/Switch";
import TextField from "@mui/material/TextField";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { One } from "../../workspace/One";
import { PageForm } from "../../workspace/PageForm";
import { Panel } from "../../workspace/Panel";
import { fieldError, otherErrors } from "../../workspace/places";
import { useMay } from "../../workspace/session";
import { tell } from "../../workspace/toasts";
import type { Sender } from "../senders";
import { type ConsentSettings, keepConsent, RESPONSES, TEMPLATE_WORDS, useConsent, WORDS } from "./consent";
import { ResponseField } from "./ResponseField";
import { WordsField } from "./WordsField";

/** What contacts write to opt out, to join or for help, what is answered, and when nothing is sent (CO-3, CO-5, CO-6). */
export function ConsentPanel({ sender }: { sender: Sender }) {
  const { t } = useTranslation();
  const mayView = useMay("consent.view");
  if (!mayView) return null;
  return (
    <Panel title={t("sender_consent.title")} text={t("sender_consent.text")}>
      <One found={useConsent(sender.id)}>{(kept) => <Form sender={sender} kept={kept} />}</One>
    </Panel>
  );
}

const PLACED = [...WORDS, ...TEMPLATE_WORDS, "implied_days", "quiet_from", "quiet_till"].map((name) => `/${name}`);

function Form({ sender, kept }: { sender: Sender; kept: ConsentSettings }) {
  const { t } = useTranslation();
  const mayEdit = useMay("consent.edit");
  const [changed, setChanged] = useState<ConsentSettings | null>(null);
  const values = changed ?? kept;
  const set = (some: Partial<ConsentSettings>) => setChanged({ ...values, ...some });
  const saving = useMutation({
    mutationFn: () => keepConsent(sender.id, values),
    onSuccess: () => {
      setChanged(null);
      tell("success", t("sender_consent.saved"));
    },
  });
  const { error } = saving;
  const lists = sender.channel === "whatsapp" ? [...WORDS, ...TEMPLATE_WORDS] : WORDS;
  return (
    <PageForm label={t("sender_consent.title")} verb={t("sender_consent.save")} saving={saving} isReady={changed !== null} isChanged={changed !== null} mayEdit={mayEdit}>
      {lists.map((name) => (
        <WordsField key={name} name={name} words={values[name]} change={(words) => set({ [name]: words })} error={error} disabled={!mayEdit} />
      ))}
      {RESPONSES.map((name) => (
        <ResponseField key={name} name={name} channel={sender.channel} content={values[name]} change={(content) => set({ [name]: content })} error={error} disabled={!mayEdit} />
      ))}
      {(["join_word_only", "requires_pair"] as const).map((name) => (
        <FormControlLabel key={name} control={<Switch checked={values[name]} disabled={!mayEdit} onChange={(_, on) => set({ [name]: on })} />} label={t(`sender_consent.${name}`)} />
      ))}
      <TextField
        label={t("sender_consent.implied_days")}
        type="number"
        value={values.implied_days}
        disabled={!mayEdit}
        onChange={(event) => set({ implied_days: Number(event.target.value) })}
        {...fieldError(error, "/implied_days")}
      />
      <Stack direction="row" sx={{ gap: 2 }}>
        {(["quiet_from", "quiet_till"] as const).map((name) => (
          <TextField
            key={name}
            label={t(`sender_consent.${name}`)}
            type="time"
            value={values[name] ?? ""}
            disabled={!mayEdit}
            onChange={(event) => set({ [name]: event.target.value || null })}
            slotProps={{ inputLabel: { shrink: true } }}
            {...fieldError(error, `/${name}`)}
          />
        ))}
      </Stack>
      {otherErrors(error, PLACED).map((detail) => (
        <div key={detail} role="alert">
          {detail}
        </div>
      ))}
    </PageForm>
  );
}
