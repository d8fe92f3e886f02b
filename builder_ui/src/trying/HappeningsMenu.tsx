import Divider from "@mui/material/Divider";
import IconButton from "@mui/material/IconButton";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import Tooltip from "@mui/material/Tooltip";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { AnswersDialog } from "./AnswersDialog";
import { ContactDialog } from "./ContactDialog";
import { useTrial, useTrying } from "./current";
import { StartAtDialog } from "./StartAtDialog";
import { OPERATIONS, type TriedTurn } from "./transcript";

/** What stands for any file and any place. */
const FILE = "photo.jpg";
const PLACE: [number, number] = [40.4168, -3.7038];

type Dialog = "start" | "contact" | "answers";

/** The rest of what can happen: a message that is not delivered, and what people do from outside. */
export function HappeningsMenu({ icon }: { icon: ReactNode }) {
  const { t } = useTranslation();
  const trial = useTrial();
  const turns = useTrying(({ tried }) => tried?.turns);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  const doing = (run: () => void) => () => {
    setAnchor(null);
    run();
  };
  const hasSaid = turns?.some(({ messages }) => messages.length > 0) ?? false;
  return (
    <>
      <Tooltip title={t("trying.more_tools")}>
        <IconButton aria-label={t("trying.more_tools")} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}>
          {icon}
        </IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} sx={{ "& .MuiMenuItem-root": { whiteSpace: "normal" } }}>
        <MenuItem onClick={doing(() => trial.happen({ in: { attachment: FILE } }))}>{t("trying.send_file", { name: FILE })}</MenuItem>
        <MenuItem onClick={doing(() => trial.happen({ in: { location: PLACE } }))}>{t("trying.send_place")}</MenuItem>
        <Divider />
        <MenuItem disabled={!hasSaid} onClick={doing(() => trial.happen({ fail: "delivery" }))}>
          {t("trying.fail")}
        </MenuItem>
        <Divider />
        {OPERATIONS.map((operation) => (
          <MenuItem key={operation} disabled={!hasThread(turns)} onClick={doing(() => trial.happen({ operator: operation }))}>
            {t(`trying.do_${operation}`)}
          </MenuItem>
        ))}
        <Divider />
        <MenuItem onClick={doing(() => setDialog("start"))}>{t("trying.start_at")}</MenuItem>
        <MenuItem onClick={doing(() => trial.waitForMessage())}>{t("trying.contact_first")}</MenuItem>
        <Divider />
        <MenuItem onClick={doing(() => setDialog("contact"))}>{t("trying.contact")} …</MenuItem>
        <MenuItem onClick={doing(() => setDialog("answers"))}>{t("trying.answers")} …</MenuItem>
      </Menu>
      {dialog === "start" && <StartAtDialog close={close} />}
      {dialog === "contact" && <ContactDialog close={close} />}
      {dialog === "answers" && <AnswersDialog close={close} />}
    </>
  );
}

const hasThread = (turns: readonly TriedTurn[] | undefined) => Boolean(turns?.at(-1)?.thread);
