import TextField from "@mui/material/TextField";
import { useFault } from "../../canvas/faults";

interface ChoiceProps {
  label: string;
  /** Null: nothing can be wrong with it by itself. */
  field: string | null;
  value: string;
  options: readonly { value: string; label: string }[];
  choose: (value: string) => void;
}

/** A choice of the browser's own: it is locked with the form around it. A value that is no option is shown as it is. */
export function Choice({ label, field, value, options, choose }: ChoiceProps) {
  const fault = useFault(field);
  const isKnown = options.some((option) => option.value === value);
  return (
    <TextField
      select
      label={label}
      value={value}
      error={fault?.severity === "error"}
      helperText={fault?.message}
      onChange={(event) => choose(event.target.value)}
      slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
    >
      {!isKnown && <option value={value}>{value}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </TextField>
  );
}
