import Chip, { type ChipProps } from "@mui/material/Chip";
import Tooltip from "@mui/material/Tooltip";
import { useTranslation } from "react-i18next";

const COLOURS: Record<string, ChipProps["color"]> = {
  approved: "success",
  pending: "info",
  submitted: "info",
  in_appeal: "info",
  rejected: "error",
  disabled: "error",
  paused: "warning",
};

/** A template's status in words; a status that only WhatsApp knows is shown as it says it. */
export function StatusChip({ status, reason }: { status: string; reason: string | null }) {
  const { t } = useTranslation();
  const words = t(`whatsapp_templates.statuses.${status}` as "whatsapp_templates.statuses.draft", { defaultValue: status });
  const chip = <Chip size="small" variant="outlined" color={COLOURS[status] ?? "default"} label={words} {...(reason && { tabIndex: 0 })} />;
  return reason ? (
    <Tooltip title={reason} describeChild>
      {chip}
    </Tooltip>
  ) : (
    chip
  );
}
