import Link from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import type { GridColDef, GridPaginationModel } from "@mui/x-data-grid";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { DataTable } from "../workspace/DataTable";
import { useTime } from "../workspace/times";
import { type AuditEntry, ENTRIES_OF_A_PAGE } from "./audit";
import { differencesOf } from "./differences";
import { Summary } from "./Summary";
import { useDeed } from "./useDeed";

/** How the grid is told that nobody has counted the rows. */
const UNKNOWN = -1;

interface AuditTableProps {
  entries: AuditEntry[];
  page: number;
  hasNext: boolean;
  isLoading: boolean;
  turn: (page: number) => void;
  show: (entry: AuditEntry) => void;
}

/** A page of the log; the server turns the pages, so the table itself does not sort or filter. */
export function AuditTable({ entries, page, hasNext, isLoading, turn, show }: AuditTableProps) {
  const { t } = useTranslation();
  const columns = useColumns(show);
  const meta = useMemo(() => ({ hasNextPage: hasNext }), [hasNext]);
  const model = useMemo((): GridPaginationModel => ({ page, pageSize: ENTRIES_OF_A_PAGE }), [page]);
  return (
    <DataTable
      name="audit"
      label={t("sections.audit")}
      rows={entries}
      columns={columns}
      loading={isLoading}
      initialState={{ columns: { columnVisibilityModel: { object_id: false } } }}
      sx={{ minHeight: "30rem", "& .MuiDataGrid-cell": { py: 1 } }}
      getRowHeight={() => "auto"}
      disableColumnSorting
      disableColumnFilter
      paginationMode="server"
      rowCount={hasNext ? UNKNOWN : page * ENTRIES_OF_A_PAGE + entries.length}
      paginationMeta={meta}
      paginationModel={model}
      onPaginationModelChange={(wanted) => turn(wanted.page)}
      pageSizeOptions={[ENTRIES_OF_A_PAGE]}
      slotProps={{ toolbar: { showQuickFilter: false, csvOptions: { disableToolbarButton: true }, printOptions: { disableToolbarButton: true } } }}
    />
  );
}

function useColumns(show: (entry: AuditEntry) => void): GridColDef<AuditEntry>[] {
  const { t } = useTranslation();
  const time = useTime();
  const deed = useDeed();
  return useMemo(
    () => [
      { field: "at", headerName: t("audit.at"), width: 180, valueFormatter: (at: string) => time(at) },
      { field: "actor", headerName: t("audit.actor"), flex: 1, minWidth: 120 },
      {
        field: "action",
        headerName: t("audit.action"),
        flex: 1,
        minWidth: 190,
        renderCell: ({ row }) => (
          <>
            <Link component="button" type="button" onClick={() => show(row)} sx={{ textAlign: "start", fontWeight: 600 }}>
              {deed(row.action)}
            </Link>
            <Typography variant="body2" noWrap title={row.object_id} sx={{ color: "text.secondary" }}>
              {row.object_id}
            </Typography>
          </>
        ),
      },
      { field: "object_id", headerName: t("audit.object_id"), flex: 1, minWidth: 120 },
      { field: "changes", headerName: t("audit.changes"), flex: 3, minWidth: 260, renderCell: ({ row }) => <Summary differences={differencesOf(row, time)} /> },
    ],
    [t, time, deed, show],
  );
}
