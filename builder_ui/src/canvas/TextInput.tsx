import TextField, { type TextFieldProps } from "@mui/material/TextField";
import { type ReactNode, useId, useRef } from "react";
import { Below } from "../limits/Below";
import { useDuring } from "./editor";
import { useFault } from "./faults";

type TextInputProps = Omit<TextFieldProps, "value" | "onChange" | "onFocus"> & {
  value: string;
  change: (value: string) => void;
  /** Where it stands in its node, for what is wrong there: `step.content.text`. */
  field?: string;
  /** Beside what is said below, such as how many characters there are. */
  aside?: ReactNode;
};

/**
 * A text of the scenario: what is typed holds at once, and is one step of undo from coming into the field to leaving it.
 * What is wrong with it stands below it.
 */
export function TextInput({ value, change, field = "", helperText, error = false, aside, slotProps, ...rest }: TextInputProps) {
  const during = useDuring();
  const fault = useFault(field);
  const id = useId();
  const visits = useRef(0);
  return (
    <TextField
      {...rest}
      slotProps={rest.placeholder ? { ...slotProps, inputLabel: { shrink: true } } : slotProps}
      value={value}
      error={error || fault?.severity === "error"}
      helperText={aside ? <Below text={fault?.message ?? helperText} aside={aside} /> : (fault?.message ?? helperText)}
      onFocus={() => void visits.current++}
      onChange={(event) => during(`${id} ${visits.current}`, () => change(event.target.value))}
    />
  );
}
