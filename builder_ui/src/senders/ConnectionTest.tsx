import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Panel } from "../workspace/Panel";
import { ProblemAlert } from "../workspace/ProblemAlert";
import { testSender } from "./senders";

/** Whether the vendor lets the sender in, and what it says about the webhook. */
export function ConnectionTest({ id }: { id: string }) {
  const { t } = useTranslation();
  const testing = useMutation({ mutationFn: () => testSender(id) });
  const found = testing.data;
  return (
    <Panel title={t("senders.connection")} text={t("senders.test_text")}>
      <Button variant="outlined" loading={testing.isPending} onClick={() => testing.mutate()}>
        {t("senders.test")}
      </Button>
      <div role="status">
        {found && <Alert severity={found.works ? "success" : "error"}>{t(found.works ? "senders.works" : "senders.fails", { message: found.message })}</Alert>}
        {found?.webhook && (
          <Alert severity={found.webhook.works ? "success" : "warning"} sx={{ mt: 1 }}>
            {t("senders.webhook_said", { message: found.webhook.message })}
          </Alert>
        )}
        {found?.works && !found.webhook && (
          <Alert severity="info" sx={{ mt: 1 }}>
            {t("senders.no_public_url")}
          </Alert>
        )}
      </div>
      <ProblemAlert error={testing.error} />
    </Panel>
  );
}
