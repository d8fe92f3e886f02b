import Box from "@mui/material/Box";
import type { ReactNode } from "react";

/** What is said below a field, and at its other end how much room is left. */
export function Below({ text, aside }: { text: ReactNode; aside: ReactNode }) {
  return (
    <Box component="span" sx={{ display: "flex", gap: 2, justifyContent: "space-between" }}>
      <span>{text}</span>
      <Box component="span" sx={{ display: "flex", gap: 1.5, whiteSpace: "nowrap" }}>
        {aside}
      </Box>
    </Box>
  );
}
