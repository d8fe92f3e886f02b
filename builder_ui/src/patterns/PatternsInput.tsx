import Autocomplete from "@mui/material/Autocomplete";
import Chip from "@mui/material/Chip";
import FormHelperText from "@mui/material/FormHelperText";
import TextField from "@mui/material/TextField";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { KeptRoom } from "../canvas/KeptRoom";
import { useProblemWords } from "../problems/words";
import { wordsAfter } from "./edited";
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
  const [edited, setEdited] = useState<number | null>(null);
  const [typed, type] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const edit = (word: string) => {
    setEdited(patterns.indexOf(word));
    type(word);
    input.current?.focus();
  };
  const take = (chosen: readonly string[]) => {
    const words = wordsAfter(patterns, edited, chosen);
    setEdited(null);
    if (words.join("\n") !== patterns.join("\n")) change(words);
  };
  const shown = patterns.filter((_, index) => index !== edited);
  const leaveOff = () => {
    setEdited(null);
    type("");
  };
  const onKey = (event: KeyboardEvent) => {
    const { itemIndex } = (event.target as HTMLElement).dataset;
    const isTakenUp = itemIndex !== undefined && ["Enter", " "].includes(event.key);
    const isLeft = edited !== null && event.key === "Escape";
    if (!isTakenUp && !isLeft) return;
    event.preventDefault();
    event.stopPropagation();
    if (isTakenUp) edit(shown[Number(itemIndex)]!);
    else leaveOff();
  };
  return (
    <div onKeyDownCapture={onKey}>
      <Autocomplete
        multiple
        freeSolo
        autoSelect
        options={[] as string[]}
        value={shown}
        inputValue={typed}
        onInputChange={(_, text, reason) => (reason === "reset" ? leaveOff() : type(text))}
        onChange={(_, chosen) => take(chosen)}
        onBlur={() => edited !== null && !typed.trim() && take(shown)}
        renderValue={(words, itemProps) =>
          words.map((word, index) => {
            const { key, ...rest } = itemProps({ index });
            return <Chip key={key} size="small" color={colour(word)} label={fits(word) ? t("chatbots.fits", { word }) : word} title={t("chatbots.edit_word")} {...rest} onClick={() => edit(word)} />;
          })
        }
        renderInput={(field) => <TextField {...field} inputRef={input} label={label} placeholder={t("chatbots.add_word")} />}
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
