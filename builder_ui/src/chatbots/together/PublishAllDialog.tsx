import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import List from "@mui/material/List";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { type FormEvent, useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { RunningChoice } from "../../history/RunningChoice";
import { publish, type Running } from "../../history/versions";
import { useMay } from "../../workspace/session";
import { Failures } from "./Failures";
import { OneToPublish } from "./OneToPublish";
import { isPublished, type Readiness, readinessOf } from "./readiness";
import type { TogetherProps } from "./TogetherDialogs";
import { useOneByOne } from "./useOneByOne";

/** What publishing several chatbots would mean for each; then the deed, and what came of it. */
export function PublishAllDialog({ chatbots, close }: TogetherProps) {
  const { t } = useTranslation();
  const form = useId();
  const [note, setNote] = useState("");
  const [running, setRunning] = useState<Running>("finish");
  const [choices, setChoices] = useState<ReadonlyMap<string, boolean>>(new Map());
  const mayRun = useMay("chatbots.edit");
  const looking = useOneByOne<Readiness>();
  const publishing = useOneByOne<string>();
  const { run: look } = looking;
  useEffect(() => void look(chatbots.map(({ id }) => id), (id) => readinessOf(id, mayRun)), []);
  const found = new Map([...(looking.outcomes ?? [])].flatMap(([id, outcome]) => ("done" in outcome ? [[id, outcome.done] as const] : [])));
  const wanted = chatbots.filter((chatbot) => isPublished(chatbot, found.get(chatbot.id), choices.get(chatbot.id)));
  const threads = wanted.flatMap(({ id }) => found.get(id)!.impact.running).reduce((sum, one) => sum + one.threads, 0);
  const publishAll = () =>
    publishing.run(
      wanted.map(({ id }) => id),
      async (id) => t("publish.done", { number: (await publish(id, found.get(id)?.impact.revision, running, note)).number }),
    );
  const mayBegin = !looking.isRunning && wanted.length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (mayBegin && !isBegun) void publishAll();
  };
  const isBegun = publishing.outcomes !== null;
  const isDone = isBegun && !publishing.isRunning;
  return (
    <Dialog open fullWidth onClose={publishing.isRunning ? undefined : (_, reason) => reason === "escapeKeyDown" && close()} aria-labelledby="publish-all-title">
      <DialogTitle id="publish-all-title">{t("together.publish_title", { count: chatbots.length })}</DialogTitle>
      <DialogContent>
        {isDone && <Failures chatbots={chatbots} outcomes={publishing.outcomes!} done="together.published" />}
        <List aria-label={t("together.to_publish")}>
          {chatbots.map((chatbot) => (
            <OneToPublish
              key={chatbot.id}
              chatbot={chatbot}
              looked={looking.outcomes?.get(chatbot.id)}
              published={publishing.outcomes?.get(chatbot.id)}
              isWanted={wanted.includes(chatbot)}
              isFixed={isBegun}
              want={(isWanted) => setChoices(new Map(choices).set(chatbot.id, isWanted))}
            />
          ))}
        </List>
        {!isBegun && (
          <Stack sx={{ gap: 2, pt: 1 }}>
            <RunningChoice threads={threads} running={running} choose={setRunning} />
            {/* without the choices: Enter at one of them publishes nothing */}
            <form id={form} onSubmit={submit}>
              <TextField label={t("publish.note")} helperText={t("publish.note_help")} value={note} onChange={(event) => setNote(event.target.value)} />
            </form>
          </Stack>
        )}
      </DialogContent>
      <DialogActions>
        <Button disabled={publishing.isRunning} onClick={close}>
          {isDone ? t("work.close") : t("work.cancel")}
        </Button>
        {!isDone && (
          <Button variant="contained" loading={publishing.isRunning} disabled={!mayBegin} type="submit" form={form}>
            {t("together.publish_these", { count: wanted.length })}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
