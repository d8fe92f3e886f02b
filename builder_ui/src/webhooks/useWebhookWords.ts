import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { KINDS, type Kind, type Webhook } from "./webhooks";

const isKind = (kind: string): kind is Kind => KINDS.some((one) => one === kind);

/** What webhooks are told of, and how they are, in words. */
export function useWebhookWords() {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      kind: (kind: string) => (isKind(kind) ? t(`webhook_events.${kind.replace(".", "_") as "message_received"}`) : kind),
      state: ({ enabled, paused_until }: Webhook) => t(!enabled ? "webhooks.off" : paused_until ? "webhooks.pauses" : "webhooks.on"),
    }),
    [t],
  );
}
