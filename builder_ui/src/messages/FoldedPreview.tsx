import ExpandMore from "@mui/icons-material/ExpandMore";
import Accordion from "@mui/material/Accordion";
import AccordionDetails from "@mui/material/AccordionDetails";
import AccordionSummary from "@mui/material/AccordionSummary";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keep, recall } from "../storage";
import type { Channel } from "./kinds";
import { MessagePreview } from "./MessagePreview";

const OPEN = "messages.preview";

/** The preview in the panel, open or folded as it was the last time. */
export function FoldedPreview({ channel, content }: { channel: Channel; content: unknown }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(() => recall(OPEN, true));
  const show = (open: boolean) => {
    setOpen(open);
    keep(OPEN, open);
  };
  return (
    <Accordion disableGutters variant="outlined" expanded={isOpen} onChange={(_, open) => show(open)} slotProps={{ transition: { unmountOnExit: true } }}>
      <AccordionSummary expandIcon={<ExpandMore />}>{t("preview.title")}</AccordionSummary>
      <AccordionDetails sx={{ px: 1 }}>
        <MessagePreview channel={channel} content={content} isCompact />
      </AccordionDetails>
    </Accordion>
  );
}
