import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import FormControlLabel from "@mui/material/FormControlLabel";
import Switch from "@mui/material/Switch";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { move } from "../router";
import { ConfirmDialog } from "../workspace/ConfirmDialog";
import { One } from "../workspace/One";
import { PageForm } from "../workspace/PageForm";
import { Panel } from "../workspace/Panel";
import { ProblemAlert } from "../workspace/ProblemAlert";
import { pathTo } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { useTime } from "../workspace/times";
import { tell } from "../workspace/toasts";
import { WorkPage } from "../workspace/WorkPage";
import { Deliveries } from "./Deliveries";
import { WebhookFields } from "./WebhookFields";
import { changeWebhook, deleteWebhook, type Kind, pingWebhook, useWebhook, type Webhook } from "./webhooks";

/** One webhook: whether it works, what it was told, and how to change it. */
export function WebhookPage({ id }: { id: string }) {
  return <One found={useWebhook(id)}>{(webhook) => <Parts webhook={webhook} />}</One>;
}

function Parts({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const time = useTime();
  const mayEdit = useMay("webhooks.edit");
  const [isDeleting, setDeleting] = useState(false);
  const remove = mayEdit && (
    <Button color="error" onClick={() => setDeleting(true)}>
      {t("webhooks.delete")}
    </Button>
  );
  return (
    <WorkPage title={webhook.name} lead={webhook.address} actions={remove}>
      {!webhook.enabled && <Alert severity="warning">{t("webhooks.is_off")}</Alert>}
      {webhook.enabled && webhook.paused_until && <Alert severity="error">{t("webhooks.is_pausing", { time: time(webhook.paused_until) })}</Alert>}
      {mayEdit && <Ping id={webhook.id} />}
      <Deliveries id={webhook.id} mayEdit={mayEdit} />
      <Settings webhook={webhook} mayEdit={mayEdit} />
      {isDeleting && (
        <ConfirmDialog
          title={t("webhooks.delete_title", { name: webhook.name })}
          text={t("webhooks.delete_text")}
          verb={t("webhooks.delete")}
          run={async () => {
            await deleteWebhook(webhook.id);
            move(pathTo("webhooks"));
          }}
          close={() => setDeleting(false)}
        />
      )}
    </WorkPage>
  );
}

function Ping({ id }: { id: string }) {
  const { t } = useTranslation();
  const pinging = useMutation({ mutationFn: () => pingWebhook(id) });
  const found = pinging.data;
  return (
    <Panel title={t("webhooks.test")} text={t("webhooks.test_text")}>
      <Button variant="outlined" loading={pinging.isPending} onClick={() => pinging.mutate()}>
        {t("webhooks.ping")}
      </Button>
      <div role="status">{found && <Alert severity={found.works ? "success" : "error"}>{found.works ? t("webhooks.works", { status: found.status }) : found.problem}</Alert>}</div>
      <ProblemAlert error={pinging.error} />
    </Panel>
  );
}

function Settings({ webhook, mayEdit }: { webhook: Webhook; mayEdit: boolean }) {
  const { t } = useTranslation();
  const { name, address, events, senders, enabled } = webhook;
  const kept = { name, address, events: events as Kind[], senders, enabled };
  const [changed, setChanged] = useState<typeof kept | null>(null);
  const values = changed ?? kept;
  const saving = useMutation({
    mutationFn: () => changeWebhook(webhook.id, values),
    onSuccess: () => {
      setChanged(null);
      tell("success", t("webhooks.saved"));
    },
  });
  return (
    <Panel title={t("webhooks.settings")}>
      <PageForm label={t("webhooks.settings")} verb={t("work.save")} saving={saving} isReady={changed !== null} isChanged={changed !== null} mayEdit={mayEdit}>
        <WebhookFields values={values} change={(one) => setChanged({ ...values, ...one })} error={saving.error} disabled={!mayEdit} />
        <FormControlLabel control={<Switch checked={values.enabled} disabled={!mayEdit} onChange={(_, on) => setChanged({ ...values, enabled: on })} />} label={t("webhooks.enabled")} />
      </PageForm>
    </Panel>
  );
}
