import Alert, { type AlertColor } from "@mui/material/Alert";
import { useTranslation } from "react-i18next";
import { StatusChip } from "./StatusChip";
import type { StoredTemplate } from "./templates";

const SEVERITIES: Record<string, AlertColor> = { approved: "success", rejected: "error", disabled: "error", paused: "warning", deleted: "warning" };
const EXPLAINED = ["draft", "submitted", "pending", "approved", "rejected", "paused", "disabled", "deleted"] as const;
type Explained = (typeof EXPLAINED)[number];

const isExplained = (status: string): status is Explained => EXPLAINED.includes(status as Explained);

/** Where a template stands, and what happens next. */
export function NextStep({ template: { status, reason } }: { template: StoredTemplate }) {
  const { t } = useTranslation();
  return (
    <Alert severity={SEVERITIES[status] ?? "info"}>
      <StatusChip status={status} reason={null} /> {isExplained(status) ? t(`whatsapp_templates.next.${status}`) : t("whatsapp_templates.next.other")}
      {reason && (
        <p>
          <strong>{t("whatsapp_templates.says")}</strong> {reason}
        </p>
      )}
    </Alert>
  );
}
