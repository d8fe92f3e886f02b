import Link from "@mui/material/Link";
import type { GridColDef } from "@mui/x-data-grid";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { DataTable } from "../workspace/DataTable";
import { LinkTo } from "../workspace/LinkTo";
import { pathTo } from "../workspace/sections";
import { TIME_WIDTH, useTime } from "../workspace/times";
import { useWebhookWords } from "./useWebhookWords";
import type { Webhook } from "./webhooks";

export function WebhookTable({ webhooks }: { webhooks: Webhook[] }) {
  const { t } = useTranslation();
  const time = useTime();
  const words = useWebhookWords();
  const columns = useMemo(
    (): GridColDef<Webhook>[] => [
      {
        field: "name",
        headerName: t("webhooks.name"),
        flex: 1,
        minWidth: 150,
        renderCell: ({ row }) => (
          <Link component={LinkTo} href={pathTo("webhooks", row.id)} sx={{ fontWeight: 600 }}>
            {row.name}
          </Link>
        ),
      },
      { field: "address", headerName: t("webhooks.address"), flex: 2, minWidth: 220 },
      { field: "events", headerName: t("webhooks.events"), flex: 2, minWidth: 200, valueGetter: (events: string[]) => events.map(words.kind).join(", ") },
      { field: "senders", headerName: t("webhooks.senders"), width: 160, valueGetter: (senders: string[]) => senders.join(", ") || t("webhooks.all_senders") },
      { field: "state", headerName: t("webhooks.state"), width: 180, valueGetter: (_, row) => words.state(row) },
      { field: "created_at", headerName: t("webhooks.created"), width: TIME_WIDTH, valueFormatter: (value: string) => time(value) },
    ],
    [t, time, words],
  );
  return <DataTable name="webhooks" label={t("sections.webhooks")} rows={webhooks} columns={columns} initialState={{ columns: { columnVisibilityModel: { created_at: false } } }} />;
}
