import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { chatPath } from "../router";
import { Panel } from "../workspace/Panel";
import { CopyField } from "./CopyField";
import type { Sender } from "./senders";
import { widgetLine } from "./widgetLine";

/** Web chat: where it can be chatted, and the line that puts it on one's own page (MS-11). */
export function ChatPanel({ sender }: { sender: Sender }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("senders.chat")} text={t("senders.chat_text")}>
      <Button variant="outlined" component="a" href={chatPath(sender.id)} target="_blank">
        {t("senders.open_chat")}
      </Button>
      <Typography>{t(sender.embed_origins.length ? "senders.embed_ready" : "senders.embed_closed")}</Typography>
      <CopyField label={t("senders.line")} text={widgetLine(location.origin, sender.id)} copy={t("senders.copy_line")} />
    </Panel>
  );
}
