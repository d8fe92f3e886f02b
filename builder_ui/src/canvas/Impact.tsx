import ExpandMore from "@mui/icons-material/ExpandMore";
import Accordion from "@mui/material/Accordion";
import AccordionDetails from "@mui/material/AccordionDetails";
import AccordionSummary from "@mui/material/AccordionSummary";
import Alert from "@mui/material/Alert";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { Differences } from "../history/Differences";
import { RunningChoice } from "../history/RunningChoice";
import type { Running } from "../history/versions";
import { ProblemText } from "../problems/ProblemText";

interface ImpactProps {
  /** The chatbot. */
  id: string;
  impact: Schemas["ImpactView"];
  running: Running;
  choose: (running: Running) => void;
}

/** What a publication changes, and what becomes of chats that run. */
export function Impact({ id, impact, running, choose }: ImpactProps) {
  const { t } = useTranslation();
  const threads = impact.running.reduce((sum, one) => sum + one.threads, 0);
  const stranded = impact.gone.reduce((sum, one) => sum + one.threads, 0);
  const changes = impact.changes ?? [];
  return (
    <>
      {impact.newest_version === 0 || changes.length === 0 ? (
        <Typography>{impact.newest_version === 0 ? t("publish.first") : t("publish.changes", { count: 0 })}</Typography>
      ) : (
        <Accordion variant="outlined" disableGutters slotProps={{ transition: { unmountOnExit: true } }}>
          <AccordionSummary expandIcon={<ExpandMore />}>{t("publish.changes", { count: changes.length })}</AccordionSummary>
          <AccordionDetails sx={{ "--graph-height": "36vh", maxHeight: "max(52vh, 420px)", overflow: "auto", pt: 0 }}>
            <Differences id={id} pair={{ before: impact.newest_version, after: null }} revision={impact.revision} />
          </AccordionDetails>
        </Accordion>
      )}
      {impact.collisions.map((problem) => (
        <Alert key={problem.message} severity="warning">
          <ProblemText problem={problem} />
        </Alert>
      ))}
      <RunningChoice threads={threads} running={running} choose={choose} />
      {stranded > 0 && <Alert severity="warning">{t("publish.stranded", { count: stranded, nodes: [...new Set(impact.gone.map(({ label }) => label))].join(", ") })}</Alert>}
    </>
  );
}
