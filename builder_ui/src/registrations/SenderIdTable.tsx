import Link from "@mui/material/Link";
import type { GridColDef } from "@mui/x-data-grid";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { channelName } from "../home/names";
import { StatusChip } from "../senders/StatusChip";
import type { Status } from "../senders/senderValues";
import { DataTable } from "../workspace/DataTable";
import { LinkTo } from "../workspace/LinkTo";
import { pathTo } from "../workspace/sections";
import { TIME_WIDTH, useTime } from "../workspace/times";
import type { SenderId } from "./senderIds";

export function SenderIdTable({ ids }: { ids: SenderId[] }) {
  const { t } = useTranslation();
  const time = useTime();
  const columns = useMemo(
    (): GridColDef<SenderId>[] => [
      { field: "name", headerName: t("registrations.sender_name"), flex: 2, minWidth: 160, valueGetter: (name: string) => name || t("registrations.no_name"), renderCell: ({ row, value }) => <Name id={row} name={value} /> },
      { field: "identity", headerName: t("registrations.identity"), flex: 2, minWidth: 140 },
      { field: "channel", headerName: t("senders.channel"), width: 130, valueGetter: (channel: string) => channelName(channel, t) },
      { field: "status", headerName: t("registrations.status"), width: 130, valueGetter: (status: Status) => t(`sender_status.${status}`), renderCell: ({ row }) => <StatusChip status={row.status} /> },
      { field: "sender", headerName: t("registrations.connected_as"), flex: 1, minWidth: 140, valueGetter: (_, { sender }) => sender?.name ?? "", renderCell: ({ row: { sender } }) => sender && <Connected id={sender.id} name={sender.name} /> },
      { field: "created_at", headerName: t("registrations.created"), width: TIME_WIDTH, valueFormatter: (value: string) => time(value) },
    ],
    [t, time],
  );
  return <DataTable name="sender-ids" label={t("registrations.title")} rows={ids} columns={columns} />;
}

function Name({ id: { registration, sender }, name }: { id: SenderId; name: string }) {
  const path = registration ? pathTo("sender-ids", registration.id) : pathTo("senders", sender!.id);
  return (
    <Link component={LinkTo} href={path} sx={{ fontWeight: 600 }}>
      {name}
    </Link>
  );
}

const Connected = ({ id, name }: { id: string; name: string }) => (
  <Link component={LinkTo} href={pathTo("senders", id)}>
    {name}
  </Link>
);
