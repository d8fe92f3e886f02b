import MoreVert from "@mui/icons-material/MoreVert";
import RestartAlt from "@mui/icons-material/RestartAlt";
import Undo from "@mui/icons-material/Undo";
import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { Tool } from "../canvas/Tool";
import { useTrial, useTrying } from "./current";
import { HappeningsMenu } from "./HappeningsMenu";
import { SaveTestButton } from "./SaveTestButton";
import { SkipTime } from "./SkipTime";

/** What can happen in a chat besides words of the contact; and the way from there to a test, for those who edit. */
export function ChatTools({ isEditing }: { isEditing: boolean }) {
  const { t } = useTranslation();
  const trial = useTrial();
  const turns = useTrying(({ chat }) => chat.turns.length);
  return (
    <Stack direction="row" role="toolbar" aria-label={t("trying.tools")} sx={{ alignItems: "center", flexWrap: "wrap", px: 1, "& .MuiButton-root": { whiteSpace: "nowrap" }, borderBottom: 1, borderColor: "divider", flex: "none" }}>
      <Tool name={t("trying.start_over")} isOff={false} run={() => trial.startOver()}>
        <RestartAlt />
      </Tool>
      <Tool name={t("trying.take_back")} isOff={!turns} run={() => trial.takeBack()}>
        <Undo />
      </Tool>
      <SkipTime />
      {isEditing && <SaveTestButton />}
      <HappeningsMenu icon={<MoreVert />} />
    </Stack>
  );
}
