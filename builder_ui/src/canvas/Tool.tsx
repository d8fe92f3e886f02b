import IconButton from "@mui/material/IconButton";
import Tooltip from "@mui/material/Tooltip";
import type { ReactNode } from "react";

/** A button of the toolbar: an icon with its name. */
export function Tool({ name, isOff, run, children }: { name: string; isOff: boolean; run: () => void; children: ReactNode }) {
  return (
    <Tooltip title={name}>
      <span>
        <IconButton aria-label={name} disabled={isOff} onClick={run}>
          {children}
        </IconButton>
      </span>
    </Tooltip>
  );
}
