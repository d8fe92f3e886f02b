import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "../workspace/FormDialog";
import { tell } from "../workspace/toasts";
import { RunningChoice } from "./RunningChoice";
import { rollBack, type Running, useImpact } from "./versions";

/** Asks before an old version is published again: what becomes of the chats that run. */
export function RollBackDialog({ id, number, close }: { id: string; number: number; close: () => void }) {
  const { t } = useTranslation();
  const [note, setNote] = useState("");
  const [running, setRunning] = useState<Running>("finish");
  const threads = useImpact(id).data?.running.reduce((sum, one) => sum + one.threads, 0) ?? 0;
  const rolling = useMutation({
    mutationFn: () => rollBack(id, number, running, note),
    onSuccess: (published) => {
      tell("success", t("history.rolled_back", { number: published.number }));
      close();
    },
  });
  return (
    <FormDialog title={t("history.roll_back_to", { number })} verb={t("history.roll_back")} saving={rolling} close={close}>
      <Typography>{t("history.roll_back_text", { number })}</Typography>
      <RunningChoice threads={threads} running={running} choose={setRunning} />
      <TextField label={t("publish.note")} helperText={t("publish.note_help")} value={note} onChange={(event) => setNote(event.target.value)} />
    </FormDialog>
  );
}
