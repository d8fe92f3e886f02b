import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import Switch from "@mui/material/Switch";
import { useId } from "react";
import type { Field, InputProps, Words } from "./field";

export function OnOffInput({ label, help, value, set }: InputProps) {
  const helpId = useId();
  return (
    <div>
      <FormControlLabel
        control={<Switch checked={value === true} onChange={(_, on) => set(on || undefined)} slotProps={{ input: { "aria-describedby": help && helpId } }} />}
        label={label}
      />
      {help && <FormHelperText id={helpId}>{help}</FormHelperText>}
    </div>
  );
}

/** Yes or no; no is not written. */
export const onOff = (label: Words, help?: Words): Field => ({ label, ...(help && { help }), Input: OnOffInput });
