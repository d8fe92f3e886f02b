import ExpandMore from "@mui/icons-material/ExpandMore";
import Accordion from "@mui/material/Accordion";
import AccordionDetails from "@mui/material/AccordionDetails";
import AccordionSummary from "@mui/material/AccordionSummary";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";

interface MoreProps {
  label: string;
  /** Whether it is open to begin with: something in it is said. */
  isOpen: boolean;
  children: ReactNode;
}

/** What few need, folded away. */
export function More({ label, isOpen, children }: MoreProps) {
  return (
    <Accordion disableGutters elevation={0} defaultExpanded={isOpen} slotProps={{ transition: { unmountOnExit: true }, region: { role: "group" } }} sx={{ bgcolor: "transparent", "&::before": { display: "none" } }}>
      <AccordionSummary expandIcon={<ExpandMore />} sx={{ p: 0, minHeight: 36, "& .MuiAccordionSummary-content": { my: 0.5 } }}>
        <Typography variant="body2" sx={{ color: "text.secondary" }}>
          {label}
        </Typography>
      </AccordionSummary>
      <AccordionDetails sx={{ px: 0, pt: 1, pb: 0 }}>
        <Stack sx={{ gap: 2 }}>{children}</Stack>
      </AccordionDetails>
    </Accordion>
  );
}
