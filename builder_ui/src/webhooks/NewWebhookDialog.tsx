import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "../workspace/FormDialog";
import { WebhookFields, type WebhookValues } from "./WebhookFields";
import { type MadeWebhook, makeWebhook } from "./webhooks";

const EMPTY: WebhookValues = { name: "", address: "", events: [], senders: [] };

/** A new webhook; its secret is shown once it is made. */
export function NewWebhookDialog({ made, close }: { made: (webhook: MadeWebhook) => void; close: () => void }) {
  const { t } = useTranslation();
  const [values, setValues] = useState(EMPTY);
  const making = useMutation({
    mutationFn: () => makeWebhook(values),
    onSuccess: (webhook) => {
      close();
      made(webhook);
    },
  });
  return (
    <FormDialog title={t("webhooks.new")} verb={t("webhooks.make")} saving={making} close={close}>
      <WebhookFields values={values} change={setValues} error={making.error} />
    </FormDialog>
  );
}
