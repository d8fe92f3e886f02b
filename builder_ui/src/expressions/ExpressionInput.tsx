import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFault } from "../canvas/faults";
import { TextInput } from "../canvas/TextInput";
import { textOf } from "../fields/text";
import type { InputProps } from "../fields/field";
import { More } from "../fields/More";
import { useVariables } from "../variables/current";
import { describe } from "../variables/describe";
import { SampleFields } from "../variables/SampleFields";
import { useSamples } from "../variables/samples";
import { expressionCompletion } from "./completion";
import { ExpressionFault } from "./ExpressionFault";
import { Outcome } from "./Outcome";
import { useExpressionTrial } from "./trial";

/** Something that is true or not (CN-2, CN-3): completed, checked as it is typed, and tried with values. */
export function ExpressionInput({ name, label, help, value, set }: InputProps) {
  const { t } = useTranslation();
  const known = useVariables();
  const fault = useFault(name);
  const samples = useSamples(({ values }) => values);
  const complete = useMemo(() => expressionCompletion(known, (one) => describe(one, t)), [known, t]);
  const text = textOf(value);
  const tried = useExpressionTrial(text, samples);
  const isBad = tried?.fault != null;
  return (
    <div>
      <TextInput
        label={label}
        helperText={isBad ? undefined : fault && text === "" ? t("problems.write_something") : (fault?.message ?? help)}
        error={isBad || fault?.severity === "error"}
        value={text}
        change={(typed) => set(typed || undefined)}
        complete={complete}
        takesVariables
        multiline
        fullWidth
        slotProps={{ htmlInput: { spellCheck: false, style: { fontFamily: "monospace", fontSize: 13 } } }}
      />
      {tried?.fault && <ExpressionFault expression={text} fault={tried.fault} use={set} />}
      {text !== "" && !isBad && (
        <More label={t("expressions.try")} isOpen={false}>
          <SampleFields names={tried?.placeholders ?? []} />
          {tried && <Outcome tried={tried} />}
        </More>
      )}
    </div>
  );
}
