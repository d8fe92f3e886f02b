import Paper from "@mui/material/Paper";
import type { ReactNode } from "react";
import type { FormDoing } from "./useSaving";

/** What a form has to say to the buttons below it. */
export interface Actions<Stored> {
  /** Left out for one that is not kept yet. */
  stored?: Stored;
  isChanged: boolean;
  /** How many rules are broken. */
  broken: number;
  /** Does it if what is written now keeps every rule. */
  unlessBroken: (act: () => void) => Promise<void>;
  saving: FormDoing;
  sending: FormDoing;
}

/** What can be done with what is written, always in sight. */
export function ActionBar({ children }: { children: ReactNode }) {
  return (
    <Paper elevation={3} sx={{ position: "sticky", bottom: 0, zIndex: 2, p: 1.5, display: "flex", gap: 1, flexWrap: "wrap", alignItems: "center" }}>
      {children}
    </Paper>
  );
}
