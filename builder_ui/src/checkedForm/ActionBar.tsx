import Paper from "@mui/material/Paper";
import type { ReactNode } from "react";

/** What can be done with what is written, always in sight. */
export function ActionBar({ children }: { children: ReactNode }) {
  return (
    <Paper elevation={3} sx={{ position: "sticky", bottom: 0, zIndex: 2, p: 1.5, display: "flex", gap: 1, flexWrap: "wrap", alignItems: "center" }}>
      {children}
    </Paper>
  );
}
