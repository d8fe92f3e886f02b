import TextField, { type TextFieldProps } from "@mui/material/TextField";
import { type ReactNode, useId, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Below } from "../limits/Below";
import { type Complete, placeholderCompletion } from "../variables/completion";
import { CompletionList } from "../variables/CompletionList";
import { useVariables } from "../variables/current";
import { describe } from "../variables/describe";
import { useCompletion } from "../variables/useCompletion";
import { VariableButton } from "../variables/VariableButton";
import { useDuring } from "./editor";
import { useFault } from "./faults";
import { useKeptRoom } from "./KeptRoom";

type TextInputProps = Omit<TextFieldProps, "value" | "onChange" | "onFocus" | "onBlur" | "onKeyDown" | "inputRef"> & {
  value: string;
  change: (value: string) => void;
  /** Where it stands in its node, for what is wrong there: `step.content.text`. */
  field?: string;
  /** Beside what is said below, such as how many characters there are. */
  aside?: ReactNode;
  /** Variables can be written into it: `{{` is completed, and a button shows all. */
  takesVariables?: boolean;
  /** What is completed, where that is more than variables. */
  complete?: Complete;
};

const nothing: Complete = () => null;

/**
 * A text of the scenario: what is typed holds at once, and is one step of undo from coming into the field to leaving it.
 * What is wrong with it stands below it.
 */
export function TextInput({ value, change, field, helperText, error = false, aside, slotProps, takesVariables = false, complete, ...rest }: TextInputProps) {
  const { t } = useTranslation();
  const during = useDuring();
  const fault = useFault(field ?? null);
  const wrong = fault?.severity === "error" && value.trim() === "" ? t("problems.write_something") : fault?.message;
  const below = useKeptRoom(wrong ?? helperText);
  const known = useVariables();
  const id = useId();
  const visits = useRef(0);
  const write = (text: string) => during(`${id} ${visits.current}`, () => change(text));
  const offersVariables = takesVariables && known.length > 0;
  const placeholders = useMemo(() => placeholderCompletion(known, (one) => describe(one, t)), [known, t]);
  const completing = useCompletion(value, write, complete ?? (offersVariables ? placeholders : nothing));
  const { input, found, active, listId, optionId, insert } = completing;
  const button = offersVariables && <VariableButton isMultiline={rest.multiline === true} insert={insert} />;
  return (
    <>
      <TextField
        {...rest}
        slotProps={{
          ...slotProps,
          ...(rest.placeholder && { inputLabel: { shrink: true } }),
          ...(button && { input: { endAdornment: button } }),
          ...(offersVariables && {
            htmlInput: { ...slotProps?.htmlInput, "aria-autocomplete": "list", ...(found && { "aria-controls": listId, "aria-activedescendant": optionId(active) }) },
          }),
        }}
        inputRef={input}
        value={value}
        error={error || fault?.severity === "error"}
        helperText={aside ? <Below text={below} aside={aside} /> : below}
        onFocus={() => void visits.current++}
        onChange={(event) => {
          completing.onChange(event);
          write(event.target.value);
        }}
        onKeyDown={completing.onKeyDown}
        onBlur={completing.close}
      />
      <CompletionList completing={completing} />
    </>
  );
}
