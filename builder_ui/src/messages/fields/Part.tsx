import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type ReactNode, useId } from "react";
import { FaultText } from "./FaultText";

interface PartProps {
  title: string;
  /** Null: what is wrong with the whole is told inside. */
  field: string | null;
  /** Beside the title, such as a count. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A part of a message under its name, with what is wrong with the whole of it. */
export function Part({ title, field, aside, children }: PartProps) {
  const heading = useId();
  return (
    <Box component="section" role="group" tabIndex={-1} aria-labelledby={heading}>
      <Stack direction="row" sx={{ justifyContent: "space-between", alignItems: "baseline", gap: 2, mb: 1 }}>
        <Typography id={heading} variant="subtitle2" component="h3">
          {title}
        </Typography>
        <Box sx={{ color: "text.secondary", typography: "caption" }}>{aside}</Box>
      </Stack>
      <Stack sx={{ gap: 1.5 }}>
        <FaultText field={field} />
        {children}
      </Stack>
    </Box>
  );
}
