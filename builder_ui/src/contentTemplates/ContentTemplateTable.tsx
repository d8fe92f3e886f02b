import Delete from "@mui/icons-material/Delete";
import Link from "@mui/material/Link";
import { GridActionsCellItem, type GridColDef } from "@mui/x-data-grid";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { DataTable } from "../workspace/DataTable";
import { LinkTo } from "../workspace/LinkTo";
import { pathTo } from "../workspace/sections";
import { TIME_WIDTH, useTime } from "../workspace/times";
import type { ContentTemplate } from "./contentTemplates";

interface ContentTemplateTableProps {
  templates: ContentTemplate[];
  /** Left out for those who may not. */
  remove?: (template: ContentTemplate) => void;
}

export function ContentTemplateTable({ templates, remove }: ContentTemplateTableProps) {
  const { t } = useTranslation();
  const time = useTime();
  const columns = useMemo(
    (): GridColDef<ContentTemplate>[] => [
      {
        field: "name",
        headerName: t("content_templates.name"),
        flex: 2,
        minWidth: 180,
        renderCell: ({ row }) => (
          <Link component={LinkTo} href={pathTo("content-templates", row.id)}>
            {row.name}
          </Link>
        ),
      },
      { field: "channel", headerName: t("content_templates.channel"), width: 140, valueGetter: (channel: string) => t(`channel.${channel as "sms"}`) },
      { field: "kind", headerName: t("messages.type"), width: 180, valueGetter: (_, { content }) => t(`messages.types.${String(content.type) as "text"}`) },
      { field: "params", headerName: t("content_templates.params"), flex: 2, minWidth: 160, valueGetter: (params: string[]) => params.join(", ") },
      { field: "updated_at", headerName: t("content_templates.updated"), width: TIME_WIDTH, valueFormatter: time },
      {
        field: "actions",
        type: "actions",
        headerName: t("work.actions"),
        width: 90,
        getActions: ({ row }) =>
          remove ? [<GridActionsCellItem key="delete" icon={<Delete />} label={t("content_templates.delete_named", { name: row.name })} onClick={() => remove(row)} />] : [],
      },
    ],
    [t, time, remove],
  );
  return <DataTable name="content-templates" label={t("sections.content_templates")} rows={templates} columns={columns} />;
}
