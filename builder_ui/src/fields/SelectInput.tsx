import MenuItem from "@mui/material/MenuItem";
import TextField, { type TextFieldProps } from "@mui/material/TextField";
import { Children } from "react";
import { useFault } from "../canvas/faults";

type SelectInputProps = Omit<TextFieldProps, "onChange" | "value" | "select"> & {
  /** Where it stands in its node, for what is wrong there. */
  field: string;
  value: string;
  /** The values that have an item. */
  known: readonly string[];
  choose: (value: string) => void;
};

/** One of a few. A value that is none of them, as a hand-written file may have it, is shown as it is. */
export function SelectInput({ field, value, known, choose, helperText, children, ...rest }: SelectInputProps) {
  const fault = useFault(field);
  const isOdd = value !== "" && !known.includes(value);
  return (
    <TextField {...rest} select error={fault?.severity === "error"} helperText={fault?.message ?? helperText} value={value} onChange={(event) => choose(event.target.value)}>
      {Children.toArray(children)}
      {isOdd && <MenuItem value={value}>{value}</MenuItem>}
    </TextField>
  );
}
