import FormControl from "@mui/material/FormControl";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormLabel from "@mui/material/FormLabel";
import Radio from "@mui/material/Radio";
import RadioGroup from "@mui/material/RadioGroup";
import { useTranslation } from "react-i18next";
import type { Running } from "./versions";

const RUNNING = ["finish", "move", "end"] as const satisfies readonly Running[];

interface RunningChoiceProps {
  threads: number;
  running: Running;
  choose: (running: Running) => void;
}

/** What becomes of chats that run; nothing is asked where none does. */
export function RunningChoice({ threads, running, choose }: RunningChoiceProps) {
  const { t } = useTranslation();
  if (threads === 0) return null;
  return (
    <FormControl>
      <FormLabel id="running-label">{t("publish.running", { count: threads })}</FormLabel>
      <RadioGroup aria-labelledby="running-label" value={running} onChange={(_, chosen) => choose(chosen as Running)}>
        {RUNNING.map((one) => (
          <FormControlLabel key={one} value={one} control={<Radio size="small" />} label={t(`publish.running_${one}`, { count: threads })} />
        ))}
      </RadioGroup>
    </FormControl>
  );
}
