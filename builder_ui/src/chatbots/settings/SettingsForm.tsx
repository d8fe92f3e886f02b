import Button from "@mui/material/Button";
import Alert from "@mui/material/Alert";
import Paper from "@mui/material/Paper";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { EditingProvider } from "../../fields/editing";
import { ProblemAlert } from "../../workspace/ProblemAlert";
import { fieldError } from "../../workspace/places";
import { useMay } from "../../workspace/session";
import { tell } from "../../workspace/toasts";
import { changeChatbot, type Draft } from "../chatbots";
import { FailureField } from "./FailureField";
import { KeywordFields } from "./KeywordFields";
import { DefaultField } from "./DefaultField";
import { isChanged, type Settings, type Values, valuesOf } from "./settings";
import { TimeoutField } from "./TimeoutField";

/** Every setting of a chatbot (CB-2 to CB-6). What is typed stays while others change the draft; saving tells of it. */
export function SettingsForm({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const mayEdit = useMay("chatbots.edit");
  const [base, setBase] = useState({ revision: draft.revision, values: valuesOf(draft.document) });
  const [values, setValues] = useState(base.values);
  const change = (some: Partial<Values>) => setValues((now) => ({ ...now, ...some }));
  const set = (some: Partial<Settings>) => setValues((now) => ({ ...now, settings: { ...now.settings, ...some } }));
  const saving = useMutation({
    mutationFn: () => changeChatbot(draft.id, { ...values, settings: { ...values.settings }, revision: base.revision }),
    onSuccess: ({ revision }) => {
      setBase({ revision, values });
      tell("success", t("chatbots.settings_saved"));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  const { settings } = values;
  const isElsewhere = draft.revision !== base.revision;
  return (
    <Stack component="form" onSubmit={submit} noValidate sx={{ gap: 2, maxWidth: 860 }}>
      {isElsewhere && <Alert severity="info">{t("chatbots.elsewhere")}</Alert>}
      <fieldset disabled={!mayEdit} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        <EditingProvider value={mayEdit}>
          <Stack sx={{ gap: 2 }}>
            <Part title={t("chatbots.part_about")}>
              <TextField label={t("chatbots.name")} value={values.name} onChange={(event) => change({ name: event.target.value })} required {...fieldError(saving.error, "/name")} />
              <TextField label={t("chatbots.description")} value={values.description} onChange={(event) => change({ description: event.target.value })} multiline minRows={2} {...fieldError(saving.error, "/description")} />
              <TextField label={t("chatbots.language")} helperText={t("chatbots.language_help")} value={values.language} onChange={(event) => change({ language: event.target.value })} {...fieldError(saving.error, "/language")} />
            </Part>
            <Part title={t("chatbots.part_starts")}>
              <DefaultField isDefault={settings.is_default} change={(is_default) => set({ is_default })} />
              <KeywordFields keywords={settings.keywords} change={(keywords) => set({ keywords })} />
            </Part>
            <Part title={t("chatbots.part_wrong")}>
              <FailureField policy={settings.on_failure} change={(on_failure) => set({ on_failure })} />
              <TimeoutField name="response_timeout" policy={settings.response_timeout} change={(response_timeout) => set({ response_timeout })} />
              <TimeoutField name="stuck_timeout" policy={settings.stuck_timeout} change={(stuck_timeout) => set({ stuck_timeout })} />
            </Part>
          </Stack>
        </EditingProvider>
      </fieldset>
      <ProblemAlert error={saving.error} />
      {mayEdit && (
        <Button type="submit" variant="contained" loading={saving.isPending} disabled={!isChanged(values, base.values)} sx={{ alignSelf: "flex-start" }}>
          {t("work.save")}
        </Button>
      )}
    </Stack>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper variant="outlined" sx={{ p: 2 }}>
      <Typography variant="h2" sx={{ mb: 2 }}>
        {title}
      </Typography>
      <Stack sx={{ gap: 2 }}>{children}</Stack>
    </Paper>
  );
}
