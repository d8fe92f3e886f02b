import Delete from "@mui/icons-material/Delete";
import { GridActionsCellItem, type GridColDef } from "@mui/x-data-grid";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { DataTable } from "../workspace/DataTable";
import { TIME_WIDTH, useTime } from "../workspace/times";
import type { ApiKey } from "./keys";

interface KeyTableProps {
  keys: ApiKey[];
  /** Left out for those who may not. */
  end?: (key: ApiKey) => void;
}

export function KeyTable({ keys, end }: KeyTableProps) {
  const { t } = useTranslation();
  const time = useTime();
  const columns = useMemo((): GridColDef<ApiKey>[] => {
    const when = (never: string) => (value: string | null) => (value ? time(value) : never);
    return [
      { field: "name", headerName: t("keys.name"), flex: 2, minWidth: 120 },
      { field: "prefix", headerName: t("keys.begins"), width: 150 },
      { field: "scopes", headerName: t("keys.scopes"), flex: 3, minWidth: 140, valueGetter: (scopes: string[]) => scopes.join(", ") },
      {
        field: "senders",
        headerName: t("keys.senders"),
        flex: 1,
        minWidth: 100,
        valueGetter: (senders: string[] | null) => senders?.join(", ") ?? t("keys.all_senders"),
      },
      { field: "used_at", headerName: t("keys.used"), width: TIME_WIDTH, valueFormatter: when(t("keys.never_used")) },
      { field: "expires_at", headerName: t("keys.expires"), width: TIME_WIDTH, valueFormatter: when(t("keys.never_expires")) },
      { field: "created_at", headerName: t("keys.created"), width: TIME_WIDTH, valueFormatter: when("") },
      {
        field: "actions",
        type: "actions",
        headerName: t("work.actions"),
        width: 86,
        getActions: ({ row }) =>
          end ? [<GridActionsCellItem key="end" icon={<Delete />} label={t("keys.end_one", { name: row.name })} onClick={() => end(row)} />] : [],
      },
    ];
  }, [t, time, end]);
  return <DataTable name="keys" label={t("sections.keys")} rows={keys} columns={columns} initialState={{ columns: { columnVisibilityModel: { created_at: false } } }} />;
}
