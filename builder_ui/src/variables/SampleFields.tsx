import TextField from "@mui/material/TextField";
import { useSamples } from "./samples";

/** A value for each name, for trying something. */
export function SampleFields({ names }: { names: readonly string[] }) {
  const { values, set } = useSamples();
  return names.map((name) => (
    <TextField key={name} size="small" label={name} value={values[name] ?? ""} onChange={(event) => set(name, event.target.value)} slotProps={{ htmlInput: { spellCheck: false } }} />
  ));
}
