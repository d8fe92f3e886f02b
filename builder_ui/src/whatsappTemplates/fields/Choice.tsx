import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useEditing } from "../editing";

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  choose: (value: Value) => void;
  help?: string | undefined;
  id?: string;
  error?: boolean;
}

/** One of a few. */
export function Choice<Value extends string>({ label, value, options, choose, help, ...rest }: ChoiceProps<Value>) {
  const { isLocked } = useEditing();
  return (
    <TextField select label={label} value={value} helperText={help} slotProps={{ select: { readOnly: isLocked } }} onChange={(event) => choose(event.target.value as Value)} {...rest}>
      {options.map((option) => (
        <MenuItem key={option.value} value={option.value}>
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
}
