import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import type { FocusEvent } from "react";
import { CopyButton } from "../workspace/CopyButton";

const select = (event: FocusEvent<HTMLInputElement>) => event.target.select();

/** A text to take along. */
export function CopyField({ label, text, copy }: { label: string; text: string; copy: string }) {
  return (
    <Stack direction={{ xs: "column", sm: "row" }} sx={{ gap: 1, width: "100%", alignItems: { xs: "flex-start", sm: "center" } }}>
      <TextField label={label} value={text} slotProps={{ htmlInput: { readOnly: true, onFocus: select, sx: { fontFamily: "monospace" } } }} />
      <Stack sx={{ flex: "none" }}>
        <CopyButton text={text} label={copy} />
      </Stack>
    </Stack>
  );
}
