import Delete from "@mui/icons-material/Delete";
import Link from "@mui/material/Link";
import { GridActionsCellItem, type GridColDef } from "@mui/x-data-grid";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { channelName } from "../home/names";
import { DataTable } from "../workspace/DataTable";
import { LinkTo } from "../workspace/LinkTo";
import { pathTo } from "../workspace/sections";
import { TIME_WIDTH, useTime } from "../workspace/times";
import type { ConversationTemplate } from "./draft";
import { FilesCell } from "./FilesCell";

interface ConversationTemplateTableProps {
  templates: ConversationTemplate[];
  /** Left out for those who may not. */
  remove?: (template: ConversationTemplate) => void;
}

export function ConversationTemplateTable({ templates, remove }: ConversationTemplateTableProps) {
  const { t } = useTranslation();
  const time = useTime();
  const columns = useMemo(
    (): GridColDef<ConversationTemplate>[] => [
      {
        field: "files",
        headerName: t("conversation_templates.files"),
        type: "number",
        align: "left",
        headerAlign: "left",
        width: 130,
        valueGetter: (files: string[]) => files.length,
        renderCell: ({ row }) => <FilesCell files={row.files} />,
      },
      {
        field: "name",
        headerName: t("conversation_templates.name"),
        flex: 2,
        minWidth: 180,
        renderCell: ({ row }) => (
          <Link component={LinkTo} href={pathTo("conversation-templates", row.id)}>
            {row.name}
          </Link>
        ),
      },
      { field: "text", headerName: t("conversation_templates.text"), flex: 3, minWidth: 200 },
      {
        field: "channel",
        headerName: t("conversation_templates.channel"),
        width: 150,
        valueGetter: (channel: string | null) => (channel === null ? t("conversation_templates.every_channel") : channelName(channel, t)),
      },
      { field: "created_at", headerName: t("conversation_templates.created"), width: TIME_WIDTH, valueFormatter: time },
      {
        field: "actions",
        type: "actions",
        headerName: t("work.actions"),
        width: 90,
        getActions: ({ row }) =>
          remove ? [<GridActionsCellItem key="delete" icon={<Delete />} label={t("conversation_templates.delete_named", { name: row.name })} onClick={() => remove(row)} />] : [],
      },
    ],
    [t, time, remove],
  );
  return <DataTable name="conversation-templates" label={t("sections.conversation_templates")} rows={templates} columns={columns} />;
}
