import ErrorOutlined from "@mui/icons-material/ErrorOutlined";
import Link from "@mui/material/Link";
import Stack from "@mui/material/Stack";
import type { GridColDef } from "@mui/x-data-grid";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useChatbots } from "../chatbots/chatbots";
import { channelName } from "../home/names";
import { DataTable } from "../workspace/DataTable";
import { LinkTo } from "../workspace/LinkTo";
import { pathTo } from "../workspace/sections";
import { TIME_WIDTH, useTime } from "../workspace/times";
import { type Sender, useAdapters } from "./senders";
import { StatusChip } from "./StatusChip";
import type { Status } from "./senderValues";

const HIDDEN_AT_FIRST = { id: false, adapter: false, rate: false, created_at: false };

export function SenderTable({ senders }: { senders: Sender[] }) {
  const { t } = useTranslation();
  const time = useTime();
  const adapters = useAdapters().data;
  const chatbots = useChatbots().data;
  const columns = useMemo((): GridColDef<Sender>[] => {
    const running = (id: string) => chatbots?.filter((chatbot) => chatbot.senders.some((place) => place.sender === id)) ?? [];
    return [
      { field: "name", headerName: t("senders.name"), flex: 2, minWidth: 160, renderCell: ({ row }) => <Name sender={row} /> },
      { field: "status", headerName: t("senders.status"), width: 130, valueGetter: (status: Status) => t(`sender_status.${status}`), renderCell: ({ row }) => <StatusChip status={row.status} /> },
      { field: "channel", headerName: t("senders.channel"), width: 130, valueGetter: (channel: string) => channelName(channel, t) },
      { field: "identity", headerName: t("senders.identity"), flex: 1, minWidth: 140 },
      { field: "problem", headerName: t("senders.problem"), flex: 2, minWidth: 180, renderCell: ({ row }) => row.problem && <Problem text={row.problem} /> },
      { field: "chatbots", headerName: t("senders.chatbots"), flex: 2, minWidth: 150, valueGetter: (_, { id }) => running(id).map(({ name }) => name).join(", ") },
      { field: "adapter", headerName: t("senders.adapter"), width: 190, valueGetter: (name: string) => adapters?.find((one) => one.name === name)?.title ?? name },
      { field: "rate", headerName: t("senders.rate"), type: "number", width: 130, valueFormatter: (rate: number | null) => rate ?? t("senders.usual") },
      { field: "id", headerName: t("senders.id"), width: 200 },
      { field: "created_at", headerName: t("senders.created"), width: TIME_WIDTH, valueFormatter: (value: string) => time(value) },
    ];
  }, [t, time, adapters, chatbots]);
  return (
    <DataTable
      name="senders"
      label={t("sections.senders")}
      rows={senders}
      columns={columns}
      initialState={{ columns: { columnVisibilityModel: HIDDEN_AT_FIRST } }}
    />
  );
}

function Name({ sender }: { sender: Sender }) {
  return (
    <Link component={LinkTo} href={pathTo("senders", sender.id)} sx={{ fontWeight: 600 }}>
      {sender.name}
    </Link>
  );
}

function Problem({ text }: { text: string }) {
  return (
    <Stack component="span" direction="row" title={text} sx={{ color: "error.main", gap: 0.5, alignItems: "center", height: "100%", overflow: "hidden" }}>
      <ErrorOutlined fontSize="small" /> {text}
    </Stack>
  );
}
