import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { channelName } from "../home/names";
import { move } from "../router";
import { ConfirmDialog } from "../workspace/ConfirmDialog";
import { One } from "../workspace/One";
import { pathTo } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { useTime } from "../workspace/times";
import { WorkPage } from "../workspace/WorkPage";
import { ChatPanel } from "./ChatPanel";
import { ConsentPanel } from "./consent/ConsentPanel";
import { ConnectionTest } from "./ConnectionTest";
import { RunningChatbots } from "./RunningChatbots";
import { SenderForm } from "./SenderForm";
import { WEB_CHAT } from "./SenderFields";
import { deleteSender, type Sender, useAdapters, useSender } from "./senders";
import { WebhookPanel } from "./WebhookPanel";

/** One sender: what runs there, whether it works, and how to change it. */
export function SenderPage({ id }: { id: string }) {
  return <One found={useSender(id)}>{(sender) => <Parts sender={sender} />}</One>;
}

function Parts({ sender }: { sender: Sender }) {
  const { t } = useTranslation();
  const time = useTime();
  const mayEdit = useMay("senders.edit");
  const adapters = useAdapters();
  const [isDeleting, setDeleting] = useState(false);
  const isWebChat = sender.adapter === WEB_CHAT;
  const remove = mayEdit && (
    <Button color="error" onClick={() => setDeleting(true)}>
      {t("senders.delete")}
    </Button>
  );
  const lead = t("senders.one_lead", { channel: channelName(sender.channel, t), when: time(sender.created_at) });
  return (
    <WorkPage title={sender.name} lead={lead} actions={remove}>
      {sender.problem && <Alert severity="error">{t("senders.has_problem", { problem: sender.problem })}</Alert>}
      {sender.status !== "active" && <Alert severity="warning">{t("senders.not_active")}</Alert>}
      <RunningChatbots sender={sender} />
      {isWebChat && <ChatPanel sender={sender} />}
      {mayEdit && !isWebChat && <ConnectionTest id={sender.id} />}
      {mayEdit && <WebhookPanel sender={sender} />}
      <One found={adapters}>{(all) => all.filter((one) => one.name === sender.adapter).map((adapter) => <SenderForm key={adapter.name} adapter={adapter} sender={sender} />)}</One>
      <ConsentPanel sender={sender} />
      {isDeleting && (
        <ConfirmDialog
          title={t("senders.delete_title", { name: sender.name })}
          text={t("senders.delete_text")}
          verb={t("senders.delete")}
          run={async () => {
            await deleteSender(sender.id);
            move(pathTo("senders"));
          }}
          close={() => setDeleting(false)}
        />
      )}
    </WorkPage>
  );
}
