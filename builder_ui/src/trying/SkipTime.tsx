import FastForward from "@mui/icons-material/FastForward";
import Button from "@mui/material/Button";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTrial, useTrying } from "./current";
import { duration } from "./duration";
import { isTimer, untilNext } from "./timers";

const SPANS = [60, 600, 3_600, 86_400] as const;

/** Lets time pass: until the next timer, or for a while. */
export function SkipTime() {
  const { t, i18n } = useTranslation();
  const trial = useTrial();
  const tried = useTrying((state) => state.tried);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const next = untilNext(tried?.turns.at(-1));
  const pass = (seconds: number) => {
    setAnchor(null);
    trial.happen({ wait: seconds });
  };
  return (
    <>
      <Button size="small" startIcon={<FastForward />} disabled={!tried?.turns.length} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}>
        {t("trying.skip_time")}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {next && (
          <MenuItem onClick={() => pass(next.seconds)}>
            {t("trying.until_timer", { time: duration(next.seconds, i18n.language), timer: isTimer(next.name) ? t(`trying.timer_${next.name}`) : next.name })}
          </MenuItem>
        )}
        {SPANS.map((seconds) => (
          <MenuItem key={seconds} onClick={() => pass(seconds)}>
            {duration(seconds, i18n.language)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
