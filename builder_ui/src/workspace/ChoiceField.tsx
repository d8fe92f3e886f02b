import MenuItem from "@mui/material/MenuItem";
import TextField, { type TextFieldProps } from "@mui/material/TextField";

interface ChoiceFieldProps extends Omit<TextFieldProps, "onChange" | "value" | "select" | "slotProps"> {
  value: string | null;
  choices: readonly { value: string; name: string }[];
  /** What it is called to choose none; left out where one has to be chosen. */
  none?: string;
  change: (value: string | null) => void;
}

/** One of a few choices, or none. */
export function ChoiceField({ value, choices, none, change, ...rest }: ChoiceFieldProps) {
  const hasNone = none !== undefined;
  return (
    <TextField
      {...rest}
      select
      value={value ?? ""}
      onChange={(event) => change(event.target.value || null)}
      slotProps={{ select: { displayEmpty: hasNone }, ...(hasNone && { inputLabel: { shrink: true } }) }}
    >
      {hasNone && <MenuItem value="">{none}</MenuItem>}
      {choices.map((choice) => (
        <MenuItem key={choice.value} value={choice.value}>
          {choice.name}
        </MenuItem>
      ))}
    </TextField>
  );
}
