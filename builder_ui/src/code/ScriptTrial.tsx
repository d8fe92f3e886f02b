import PlayArrow from "@mui/icons-material/PlayArrow";
import Button from "@mui/material/Button";
import FormHelperText from "@mui/material/FormHelperText";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { More } from "../fields/More";
import { SampleFields } from "../variables/SampleFields";
import { useSamples } from "../variables/samples";
import { ProblemAlert } from "../workspace/ProblemAlert";
import { AnswerFields } from "./AnswerFields";
import { namesIn } from "./names";
import { ScriptOutcome } from "./ScriptOutcome";
import { type Script, type ServiceAnswer, type TriedScript, trialOf, tryScript } from "./trial";

interface ScriptTrialProps {
  script: Script;
  result: TriedScript | null;
  told: (result: TriedScript) => void;
}

/** A script run with values of the author's: in the sandbox, without reaching anybody. */
export function ScriptTrial({ script, result, told }: ScriptTrialProps) {
  const { t } = useTranslation();
  const values = useSamples((state) => state.values);
  const [answers, setAnswers] = useState<ServiceAnswer[]>([]);
  const names = namesIn(script.source);
  const run = useMutation({ mutationFn: () => tryScript(trialOf(script, names, values, answers)), onSuccess: told });
  return (
    <More label={t("code.try")} isOpen={false}>
      <SampleFields names={names} />
      {names.length > 0 && <FormHelperText sx={{ mt: -1 }}>{t("code.values_help")}</FormHelperText>}
      {/\bhttp\s*\.|https?:/.test(script.source) && <AnswerFields answers={answers} change={setAnswers} />}
      <Button variant="outlined" startIcon={<PlayArrow />} loading={run.isPending} onClick={() => run.mutate()} sx={{ alignSelf: "start" }}>
        {t("code.run")}
      </Button>
      {run.error && <ProblemAlert error={run.error} />}
      {result && <ScriptOutcome result={result} />}
    </More>
  );
}
