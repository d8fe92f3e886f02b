import Delete from "@mui/icons-material/Delete";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Tool } from "../canvas/Tool";
import { FormDialog } from "../workspace/FormDialog";
import { answerOf, isSound, type TypedAnswer, typedOf, unanswered } from "./answers";
import { useTrial } from "./current";
import type { Trying } from "./trial";

/** The answers that code steps get to their calls, since a chat with the draft calls nobody. */
export function AnswersDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const trial = useTrial();
  const [answers, setAnswers] = useState<readonly TypedAnswer[]>(() => begun(trial.store.getState()));
  const set = (index: number, change: Partial<TypedAnswer>) => setAnswers(answers.map((one, place) => (place === index ? { ...one, ...change } : one)));
  const saving = useMutation({ mutationFn: async () => trial.giveAnswers(answers.map(answerOf)), onSuccess: close });
  return (
    <FormDialog title={t("trying.answers")} verb={t("trying.use_answers")} saving={saving} close={close} isReady={answers.every(isSound)}>
      <Typography>{t("trying.answers_help")}</Typography>
      {answers.map((answer, index) => (
        <Stack key={index} component="fieldset" sx={{ gap: 1.5, p: 1.5, m: 0, border: 1, borderColor: "divider", borderRadius: 2 }} aria-label={t("trying.answer_number", { number: index + 1 })}>
          <Stack direction="row" sx={{ gap: 1, alignItems: "center" }}>
            <TextField label={t("trying.answer_match")} value={answer.match} onChange={(event) => set(index, { match: event.target.value })} />
            <TextField label={t("trying.answer_status")} value={answer.status} onChange={(event) => set(index, { status: event.target.value })} sx={{ width: 110, flex: "none" }} />
            <Tool name={t("trying.remove_answer", { number: index + 1 })} isOff={false} run={() => setAnswers(answers.filter((_, place) => place !== index))}>
              <Delete />
            </Tool>
          </Stack>
          <TextField label={t("trying.answer_body")} multiline minRows={2} maxRows={8} value={answer.body} onChange={(event) => set(index, { body: event.target.value })} slotProps={{ htmlInput: { spellCheck: false, style: { fontFamily: "monospace" } } }} />
        </Stack>
      ))}
      <Button onClick={() => setAnswers([...answers, typedOf({ match: "GET https://" })])}>{t("trying.add_answer")}</Button>
    </FormDialog>
  );
}

/** The answers so far, and one to be filled in for each call that has none. */
function begun({ chat, tried }: Trying): TypedAnswer[] {
  const given = chat.http ?? [];
  return [...given, ...unanswered(tried?.turns ?? [], given).map((match) => ({ match }))].map(typedOf);
}
