import Autocomplete from "@mui/material/Autocomplete";
import Chip from "@mui/material/Chip";
import FormHelperText from "@mui/material/FormHelperText";
import TextField from "@mui/material/TextField";
import type { KeyboardEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { KeptRoom } from "../canvas/KeptRoom";
import { useIsEditing } from "../fields/editing";
import { useProblemWords } from "../problems/words";
import type { Tried } from "./trial";
import { useWords } from "./useWords";

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
  const isEditing = useIsEditing();
  const { shown, isEdited, typed, type, input, settle, takeUp, keep, leaveOff } = useWords(patterns, change);
  const deedOf = ({ key, target }: KeyboardEvent) => {
    const { itemIndex } = (target as HTMLElement).dataset;
    if (itemIndex !== undefined) return key === "Enter" || key === " " ? () => takeUp(shown[Number(itemIndex)]!) : null;
    if (!isEdited) return null;
    if (key === "Backspace") return typed ? null : () => undefined; // it would take the word before
    return { Escape: leaveOff, Enter: settle }[key] ?? null;
  };
  const press = (event: KeyboardEvent) => {
    const deed = event.nativeEvent.isComposing ? null : deedOf(event);
    if (!deed) return;
    event.preventDefault();
    event.stopPropagation();
    deed();
  };
  return (
    <div onKeyDownCapture={press} data-edited={isEdited || undefined}>
      <Autocomplete
        multiple
        freeSolo
        disableClearable
        disabled={!isEditing}
        options={[] as string[]}
        value={shown}
        inputValue={typed}
        onInputChange={(_, text, reason) => reason === "input" && type(text)}
        onChange={(_, chosen, reason) => (reason === "removeOption" ? keep(chosen) : settle())}
        onBlur={({ currentTarget, relatedTarget }) => currentTarget.contains(relatedTarget) || settle()}
        renderValue={(words, itemProps) =>
          words.map((word, index) => {
            const { key, ...rest } = itemProps({ index });
            return <Chip key={key} size="small" color={colour(word)} label={fits(word) ? t("chatbots.fits", { word }) : word} title={t("chatbots.edit_word")} {...rest} onClick={() => takeUp(word)} />;
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
