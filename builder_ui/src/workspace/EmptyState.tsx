import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";

interface EmptyStateProps {
  title: string;
  text: string;
  /** What to do next. */
  children?: ReactNode;
}

/** In place of things that are not there: says what they are for, and how to get the first one. */
export function EmptyState({ title, text, children }: EmptyStateProps) {
  return (
    <Stack sx={{ alignItems: "center", textAlign: "center", gap: 2, py: 8, px: 2 }}>
      <Typography variant="h2">{title}</Typography>
      <Typography sx={{ color: "text.secondary", maxWidth: "34rem" }}>{text}</Typography>
      <Stack direction="row" sx={{ gap: 1, flexWrap: "wrap", justifyContent: "center" }}>
        {children}
      </Stack>
    </Stack>
  );
}
