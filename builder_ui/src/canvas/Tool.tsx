import IconButton from "@mui/material/IconButton";
import Tooltip from "@mui/material/Tooltip";
import type { ReactNode } from "react";

interface ToolProps {
  /** For commands that press it. */
  id?: string;
  name: string;
  isOff: boolean;
  /** Of what is switched: whether it is on. */
  isOn?: boolean;
  run: () => void;
  children: ReactNode;
}

/** A button of the toolbar: an icon with its name. */
export function Tool({ id, name, isOff, isOn, run, children }: ToolProps) {
  return (
    <Tooltip title={name}>
      <span>
        <IconButton {...(id && { id })} aria-label={name} aria-pressed={isOn} color={isOn ? "primary" : "default"} disabled={isOff} onClick={run} sx={{ p: { xs: 0.75, sm: 0.5, xl: 0.75 } }}>
          {children}
        </IconButton>
      </span>
    </Tooltip>
  );
}
