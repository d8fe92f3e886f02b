import Add from "@mui/icons-material/Add";
import Delete from "@mui/icons-material/Delete";
import Button from "@mui/material/Button";
import FormHelperText from "@mui/material/FormHelperText";
import IconButton from "@mui/material/IconButton";
import Paper from "@mui/material/Paper";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import type { ServiceAnswer } from "./trial";

interface AnswerFieldsProps {
  answers: readonly ServiceAnswer[];
  change: (answers: ServiceAnswer[]) => void;
}

const FIRST: ServiceAnswer = { match: "GET https://*", status: 200, text: "{}" };
const mono = { htmlInput: { spellCheck: false, style: { fontFamily: "monospace", fontSize: 13 } } };

/** What services answer to the calls of a script that is tried: none is called. */
export function AnswerFields({ answers, change }: AnswerFieldsProps) {
  const { t } = useTranslation();
  const set = (index: number, values: Partial<ServiceAnswer>) => change(answers.map((one, at) => (at === index ? { ...one, ...values } : one)));
  return (
    <Stack sx={{ gap: 1 }}>
      <FormHelperText>{t("code.answers_help")}</FormHelperText>
      {answers.map((answer, index) => (
        <Paper key={index} variant="outlined" component="fieldset" aria-label={t("code.answer", { number: index + 1 })} sx={{ p: 1.5, m: 0, minWidth: 0 }}>
          <Stack sx={{ gap: 1.5 }}>
            <Stack direction="row" sx={{ gap: 1 }}>
              <TextField label={t("code.match")} value={answer.match} onChange={(event) => set(index, { match: event.target.value })} slotProps={mono} />
              <IconButton aria-label={t("code.remove_answer", { number: index + 1 })} onClick={() => change(answers.filter((_, at) => at !== index))}>
                <Delete />
              </IconButton>
            </Stack>
            <TextField label={t("code.status")} type="number" value={answer.status} onChange={(event) => set(index, { status: Number(event.target.value) })} slotProps={{ htmlInput: { min: 100, max: 599 } }} />
            <TextField label={t("code.body")} value={answer.text} onChange={(event) => set(index, { text: event.target.value })} multiline slotProps={mono} />
          </Stack>
        </Paper>
      ))}
      <Button size="small" startIcon={<Add />} onClick={() => change([...answers, FIRST])} sx={{ alignSelf: "start" }}>
        {t("code.add_answer")}
      </Button>
    </Stack>
  );
}
