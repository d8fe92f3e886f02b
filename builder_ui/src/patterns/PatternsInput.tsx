import Autocomplete from "@mui/material/Autocomplete";
import Chip from "@mui/material/Chip";
import FormHelperText from "@mui/material/FormHelperText";
import TextField from "@mui/material/TextField";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { KeptRoom } from "../canvas/KeptRoom";
import { useProblemWords } from "../problems/words";
import type { Tried } from "./trial";

interface PatternsInputProps {
  label: string;
  help: string;
  patterns: readonly string[];
  change: (patterns: string[]) => void;
  /** What the engine makes of each with the sample. */
  tried: ReadonlyMap<string, Tried>;
  /** Whether there is a sample: what fits it is marked then. */
  hasSample: boolean;
  /** What else is wrong with them. */
  note?: ReactNode;
}

/** Words and patterns (CB-6, CN-1), each told what is wrong with it and whether it fits the sample. */
export function PatternsInput({ label, help, patterns, change, tried, hasSample, note }: PatternsInputProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const problems = patterns.map((pattern) => tried.get(pattern)?.problem).filter((problem) => problem != null);
  const fits = (pattern: string) => hasSample && tried.get(pattern)?.fits === true;
  const colour = (pattern: string) => (tried.get(pattern)?.problem ? "error" : fits(pattern) ? "success" : "default");
  return (
    <div>
      <Autocomplete
        multiple
        freeSolo
        autoSelect
        options={[] as string[]}
        value={[...patterns]}
        onChange={(_, chosen) => change([...new Set(chosen.map((word) => word.trim()).filter(Boolean))])}
        renderValue={(shown, itemProps) =>
          shown.map((word, index) => {
            const { key, ...rest } = itemProps({ index });
            return <Chip key={key} size="small" color={colour(word)} label={fits(word) ? t("chatbots.fits", { word }) : word} {...rest} />;
          })
        }
        renderInput={(input) => <TextField {...input} label={label} placeholder={t("chatbots.add_word")} />}
      />
      <FormHelperText>{help}</FormHelperText>
      {problems.length === 0 && note}
      <KeptRoom>
        {problems.length > 0 &&
          problems.map((problem) => (
            <FormHelperText key={problem} error role="alert">
              {words({ code: "bad_pattern", message: problem }).line}
            </FormHelperText>
          ))}
      </KeptRoom>
    </div>
  );
}
