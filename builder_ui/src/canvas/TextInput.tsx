import TextField, { type TextFieldProps } from "@mui/material/TextField";
import { useId, useRef } from "react";
import { useEditor } from "./editor";

type TextInputProps = Omit<TextFieldProps, "value" | "onChange" | "onFocus"> & { value: string; change: (value: string) => void };

/** A text of the scenario: what is typed holds at once, and is one step of undo from coming into the field to leaving it. */
export function TextInput({ value, change, ...rest }: TextInputProps) {
  const during = useEditor((state) => state.during);
  const id = useId();
  const visits = useRef(0);
  return (
    <TextField
      {...rest}
      value={value}
      onFocus={() => void visits.current++}
      onChange={(event) => during(`${id} ${visits.current}`, () => change(event.target.value))}
    />
  );
}
