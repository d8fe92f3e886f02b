import Alert from "@mui/material/Alert";
import AlertTitle from "@mui/material/AlertTitle";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useChatbots } from "../chatbots/chatbots";
import { ProblemList } from "../chatbots/ProblemList";
import { SenderPlaces } from "../chatbots/SenderPlaces";
import { publish, type Running, useImpactOf } from "../history/versions";
import { FixButton } from "../problems/FixButton";
import { TestsBeforePublish } from "../trying/TestsBeforePublish";
import { FormDialog } from "../workspace/FormDialog";
import { Waiting } from "../workspace/Gate";
import { ProblemAlert } from "../workspace/ProblemAlert";
import { ConflictDialog } from "./ConflictDialog";
import { useEditor } from "./editor";
import { Impact } from "./Impact";
import { useHindrance } from "./SaveMark";
import type { Saver } from "./saving";

interface PublishDialogProps {
  saver: Saver;
  id: string;
  isEditing: boolean;
  close: () => void;
  go: (node: string) => void;
}

/**
 * What publishing would mean, first; then the deed, and the way to where it can be tried. What is published is the draft
 * on the server: until the work is saved, nothing is asked.
 */
export function PublishDialog({ saver, id, isEditing, close, go }: PublishDialogProps) {
  const { t } = useTranslation();
  const scenario = useEditor((state) => state.scenario);
  const [note, setNote] = useState("");
  const [isDeciding, setDeciding] = useState(false);
  const [running, setRunning] = useState<Running>("finish");
  const { state, revision } = useStore(saver.store);
  const hindrance = useHindrance(saver);
  const impact = useImpactOf(id, revision, state === "saved");
  const publishing = useMutation({ mutationFn: () => publish(id, impact.data?.revision, running, note) });
  const leaveFor = (node: string) => {
    close();
    go(node);
  };
  if (publishing.data) return <Published id={id} number={publishing.data.number} close={close} />;
  const isAsSeen = state === "saved" && impact.data?.revision === revision;
  const hasErrors = impact.data?.problems.some(({ severity }) => severity === "error") ?? true;
  return (
    <FormDialog title={t("publish.title")} verb={t("publish.publish")} saving={publishing} close={close} isReady={isAsSeen && !hasErrors} isWide>
      <ProblemAlert error={impact.error} />
      {hindrance === null ? (
        impact.isPending && <Waiting />
      ) : (
        <Alert severity="warning" action={state === "conflict" && <Button color="inherit" size="small" onClick={() => setDeciding(true)}>{t("saving.decide")}</Button>}>
          <AlertTitle>{hindrance}</AlertTitle>
          {t("publish.not_saved")}
        </Alert>
      )}
      {isDeciding && state === "conflict" && <ConflictDialog saver={saver} id={id} later={() => setDeciding(false)} />}
      {impact.data && (
        <>
          {state === "saved" && impact.data.revision > revision && <Behind />}
          {impact.data.problems.length > 0 && (
            <ProblemList
              problems={impact.data.problems}
              missing={impact.data.missing}
              scenario={scenario}
              chatbot={id}
              go={leaveFor}
              fix={(problem) => isEditing && isAsSeen && <FixButton problem={problem} sx={{ mt: 0.5 }} />}
            />
          )}
          <TestsBeforePublish />
          <Impact id={id} impact={impact.data} running={running} choose={setRunning} />
          <TextField label={t("publish.note")} helperText={t("publish.note_help")} value={note} onChange={(event) => setNote(event.target.value)} />
        </>
      )}
    </FormDialog>
  );
}

/** What would be published is not what is seen here: somebody has saved meanwhile. */
function Behind() {
  const { t } = useTranslation();
  const load = (
    <Button color="inherit" size="small" onClick={() => location.reload()}>
      {t("publish.load")}
    </Button>
  );
  return (
    <Alert severity="warning" action={load}>
      <AlertTitle>{t("publish.behind")}</AlertTitle>
      {t("publish.behind_text")}
    </Alert>
  );
}

/** It is published: where it runs, and the way to chat with it there. */
function Published({ id, number, close }: { id: string; number: number; close: () => void }) {
  const { t } = useTranslation();
  const chatbot = useChatbots().data?.find((one) => one.id === id);
  return (
    <Dialog open fullWidth onClose={close} aria-labelledby="published-title">
      <DialogTitle id="published-title">{t("publish.done", { number })}</DialogTitle>
      <DialogContent>
        <Typography>{t("publish.where")}</Typography>
        {chatbot && <SenderPlaces chatbot={chatbot} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{t("work.close")}</Button>
      </DialogActions>
    </Dialog>
  );
}
