import Box from "@mui/material/Box";
import Paper from "@mui/material/Paper";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type ReactNode, useId } from "react";

interface PartProps {
  title: string;
  help?: string;
  /** Beside the title, such as a count. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A part of the form, framed and named. */
export function Part({ title, help, aside, children }: PartProps) {
  const heading = useId();
  return (
    <Paper component="section" variant="outlined" tabIndex={-1} aria-labelledby={heading} sx={{ p: 2 }}>
      <Stack direction="row" sx={{ justifyContent: "space-between", gap: 2 }}>
        <Typography id={heading} variant="h2">
          {title}
        </Typography>
        <Box sx={{ color: "text.secondary", typography: "body2" }}>{aside}</Box>
      </Stack>
      {help && <Typography sx={{ color: "text.secondary", typography: "body2", mt: 0.5 }}>{help}</Typography>}
      <Stack sx={{ gap: 2, mt: 2 }}>{children}</Stack>
    </Paper>
  );
}
