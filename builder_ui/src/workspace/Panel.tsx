import Paper from "@mui/material/Paper";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type ReactNode, useId } from "react";

/** A part of a page, below its heading. */
export function Panel({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  const heading = useId();
  return (
    <Paper variant="outlined" component="section" aria-labelledby={heading} sx={{ p: 2, maxWidth: "52rem" }}>
      <Typography id={heading} variant="h2">
        {title}
      </Typography>
      {text && <Typography sx={{ color: "text.secondary", mt: 0.5 }}>{text}</Typography>}
      <Stack sx={{ gap: 1.5, mt: 1.5, alignItems: "flex-start", "& > *": { maxWidth: "100%" } }}>{children}</Stack>
    </Paper>
  );
}
