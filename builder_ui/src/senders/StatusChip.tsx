import Chip from "@mui/material/Chip";
import { useTranslation } from "react-i18next";
import type { Status } from "./senderValues";

const COLOURS: Partial<Record<Status, "success" | "error" | "info">> = { active: "success", blocked: "error", rejected: "error", testing: "info" };

export function StatusChip({ status }: { status: string }) {
  const { t } = useTranslation();
  const known = status as Status;
  return <Chip size="small" variant="outlined" color={COLOURS[known] ?? "default"} label={t(`sender_status.${known}`)} />;
}
