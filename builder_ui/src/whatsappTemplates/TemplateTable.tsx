import Delete from "@mui/icons-material/Delete";
import Link from "@mui/material/Link";
import { GridActionsCellItem, type GridColDef } from "@mui/x-data-grid";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { DataTable } from "../workspace/DataTable";
import { LinkTo } from "../workspace/LinkTo";
import { pathTo } from "../workspace/sections";
import { TIME_WIDTH, useTime } from "../workspace/times";
import { draftOf } from "./model/components";
import { kindOf } from "./model/kinds";
import { StatusChip } from "./StatusChip";
import type { Sender, StoredTemplate } from "./templates";

interface TemplateTableProps {
  templates: StoredTemplate[];
  senders: Sender[];
  /** Left out for those who may not. */
  remove?: (template: StoredTemplate) => void;
}

export function TemplateTable({ templates, senders, remove }: TemplateTableProps) {
  const { t } = useTranslation();
  const time = useTime();
  const columns = useMemo((): GridColDef<StoredTemplate>[] => {
    const nameOf = (id: string) => senders.find((sender) => sender.id === id)?.name ?? id;
    return [
      {
        field: "name",
        headerName: t("whatsapp_templates.name"),
        flex: 2,
        minWidth: 150,
        renderCell: ({ row }) => (
          <Link component={LinkTo} href={pathTo("whatsapp-templates", row.id)}>
            {row.name}
          </Link>
        ),
      },
      {
        field: "status",
        headerName: t("whatsapp_templates.status"),
        width: 130,
        renderCell: ({ row }) => <StatusChip status={row.status} reason={row.reason} />,
      },
      { field: "reason", headerName: t("whatsapp_templates.reason"), flex: 2, minWidth: 120 },
      { field: "sender", headerName: t("whatsapp_templates.sender"), flex: 1, minWidth: 110, valueGetter: nameOf },
      { field: "category", headerName: t("whatsapp_templates.category"), width: 120, valueGetter: (_, row) => t(`whatsapp_templates.categories.${draftOf(row).category}`) },
      { field: "kind", headerName: t("whatsapp_templates.kind"), width: 140, valueGetter: (_, row) => t(`whatsapp_templates.kinds.${kindOf(draftOf(row))}`) },
      { field: "language", headerName: t("whatsapp_templates.language"), width: 90 },
      { field: "updated_at", headerName: t("whatsapp_templates.updated"), width: TIME_WIDTH, valueFormatter: time },
      {
        field: "actions",
        type: "actions",
        headerName: t("work.actions"),
        width: 86,
        getActions: ({ row }) =>
          remove
            ? [<GridActionsCellItem key="delete" icon={<Delete />} label={t("whatsapp_templates.delete_one", { name: row.name })} onClick={() => remove(row)} />]
            : [],
      },
    ];
  }, [t, time, senders, remove]);
  return <DataTable name="whatsapp-templates" label={t("sections.whatsapp_templates")} rows={templates} columns={columns} initialState={{ columns: { columnVisibilityModel: { kind: false } } }} />;
}
