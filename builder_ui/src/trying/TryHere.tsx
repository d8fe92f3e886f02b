import PlayArrow from "@mui/icons-material/PlayArrow";
import IconButton from "@mui/material/IconButton";
import Tooltip from "@mui/material/Tooltip";
import { useTranslation } from "react-i18next";
import { useMaybeTrial } from "./current";

/** Starts the chat with the draft at one step. */
export function TryHere({ node }: { node: string }) {
  const { t } = useTranslation();
  const trial = useMaybeTrial();
  if (!trial) return null;
  return (
    <Tooltip title={t("trying.try_here")}>
      <IconButton aria-label={t("trying.try_here")} onClick={() => trial.startAt(node)}>
        <PlayArrow />
      </IconButton>
    </Tooltip>
  );
}
