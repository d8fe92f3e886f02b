import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../workspace/ConfirmDialog";
import { One } from "../workspace/One";
import { Panel } from "../workspace/Panel";
import { aboutWebhook } from "./adapterWords";
import { CopyField } from "./CopyField";
import { renewWebhook, type Sender, useWebhook } from "./senders";

/** Where the vendor sends what contacts write; nothing where no vendor is to be given an address. */
export function WebhookPanel({ sender }: { sender: Sender }) {
  const { t } = useTranslation();
  const text = aboutWebhook(sender.adapter, t);
  return text && <Webhook id={sender.id} text={text} />;
}

function Webhook({ id, text }: { id: string; text: string }) {
  const { t } = useTranslation();
  const webhook = useWebhook(id);
  const [isRenewing, setRenewing] = useState(false);
  return (
    <Panel title={t("senders.webhook")} text={text}>
      <One found={webhook}>
        {({ url }) => (
          <>
            {!url.includes("://") && <Alert severity="warning">{t("senders.only_a_path")}</Alert>}
            <CopyField label={t("senders.webhook_address")} text={url} copy={t("senders.copy_address")} />
          </>
        )}
      </One>
      <Button color="error" onClick={() => setRenewing(true)}>
        {t("senders.renew")}
      </Button>
      {isRenewing && (
        <ConfirmDialog
          title={t("senders.renew_title")}
          text={t("senders.renew_text")}
          verb={t("senders.renew")}
          run={() => renewWebhook(id)}
          close={() => setRenewing(false)}
        />
      )}
    </Panel>
  );
}
