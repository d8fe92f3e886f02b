import Alert from "@mui/material/Alert";
import FormControl from "@mui/material/FormControl";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormLabel from "@mui/material/FormLabel";
import Radio from "@mui/material/Radio";
import RadioGroup from "@mui/material/RadioGroup";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";

const RUNNING = ["finish", "move", "end"] as const;
type Running = (typeof RUNNING)[number];

interface ImpactProps {
  impact: Schemas["ImpactView"];
  running: Running;
  choose: (running: Running) => void;
}

/** What a publication changes, and what becomes of chats that run. */
export function Impact({ impact, running, choose }: ImpactProps) {
  const { t } = useTranslation();
  const threads = impact.running.reduce((sum, one) => sum + one.threads, 0);
  const stranded = impact.gone.reduce((sum, one) => sum + one.threads, 0);
  const changes = impact.changes?.length ?? 0;
  return (
    <>
      <Typography>{impact.newest_version === 0 ? t("publish.first") : t("publish.changes", { count: changes })}</Typography>
      {impact.collisions.map((problem) => (
        <Alert key={problem.message} severity="warning">
          {problem.message}
        </Alert>
      ))}
      {threads > 0 && (
        <FormControl>
          <FormLabel id="running-label">{t("publish.running", { count: threads })}</FormLabel>
          <RadioGroup aria-labelledby="running-label" value={running} onChange={(_, chosen) => choose(chosen as Running)}>
            {RUNNING.map((one) => (
              <FormControlLabel key={one} value={one} control={<Radio size="small" />} label={t(`publish.running_${one}`)} />
            ))}
          </RadioGroup>
        </FormControl>
      )}
      {stranded > 0 && <Alert severity="warning">{t("publish.stranded", { count: stranded, nodes: impact.gone.map(({ node }) => node).join(", ") })}</Alert>}
    </>
  );
}
