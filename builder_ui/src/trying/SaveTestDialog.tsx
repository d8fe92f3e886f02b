import Checkbox from "@mui/material/Checkbox";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormGroup from "@mui/material/FormGroup";
import FormLabel from "@mui/material/FormLabel";
import TextField from "@mui/material/TextField";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useEditorStore } from "../canvas/editor";
import { FormDialog } from "../workspace/FormDialog";
import { tell } from "../workspace/toasts";
import { useTrial } from "./current";
import { type Check, CHECKS, nameOf, testOf, testsOf, withTest } from "./tests";

const USUAL: readonly Check[] = ["out", "at", "status"];

/** Keeps the chat as a test of the chatbot: what happened, and what shall come of it each time. */
export function SaveTestDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const editor = useEditorStore();
  const trial = useTrial();
  const tests = testsOf(editor.getState().scenario);
  const [name, setName] = useState(t("trying.test_number", { number: tests.length + 1 }));
  const [checks, setChecks] = useState<ReadonlySet<Check>>(new Set(USUAL));
  const toggle = (check: Check, on: boolean) => setChecks(new Set(CHECKS.filter((one) => (one === check ? on : checks.has(one)))));
  const replaces = tests.some((test) => nameOf(test) === name.trim());
  const saving = useMutation({
    mutationFn: async () => {
      const { chat, tried } = trial.store.getState();
      if (tried) editor.getState().edit((scenario) => withTest(scenario, testOf(name.trim(), chat, tried, checks)));
    },
    onSuccess: () => {
      tell("success", t("trying.test_saved", { name: name.trim() }));
      close();
    },
  });
  return (
    <FormDialog title={t("trying.save_test")} verb={t("trying.save")} saving={saving} close={close} isReady={name.trim() !== ""}>
      <TextField autoFocus label={t("trying.test_name")} helperText={replaces ? t("trying.replaces") : " "} value={name} onChange={(event) => setName(event.target.value)} />
      <FormGroup role="group" aria-labelledby="checks">
        <FormLabel id="checks">{t("trying.checks")}</FormLabel>
        {CHECKS.map((check) => (
          <FormControlLabel key={check} control={<Checkbox size="small" checked={checks.has(check)} onChange={(_, on) => toggle(check, on)} />} label={t(`trying.check_${check}`)} />
        ))}
      </FormGroup>
    </FormDialog>
  );
}
