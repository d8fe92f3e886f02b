import TextField, { type TextFieldProps } from "@mui/material/TextField";
import { Helper } from "../../limits/Helper";
import { useEditing } from "../editing";

type CountedFieldProps = Omit<TextFieldProps, "id" | "value" | "onChange" | "helperText"> & {
  /** Where its text stands in the application. */
  pointer: string;
  label: string;
  text: string;
  write: (text: string) => void;
  help?: string;
  /** The most characters, counted live; left out where nobody comes near it. */
  most?: number;
};

/** A text of the application: counted, and with what is wrong with it. */
export function CountedField({ pointer, text, write, help, most, slotProps, ...rest }: CountedFieldProps) {
  const { leave, isLocked, problemAt } = useEditing();
  const problem = problemAt(pointer);
  return (
    <TextField
      id={pointer}
      value={text}
      onChange={(event) => write(event.target.value)}
      onBlur={() => leave(pointer)}
      error={problem !== undefined}
      helperText={<Helper text={problem ?? help} counts={most === undefined ? [] : [[[...text].length, most]]} />}
      slotProps={{ ...slotProps, formHelperText: { component: "div" }, input: { readOnly: isLocked } }}
      {...rest}
    />
  );
}
