import Link from "@mui/material/Link";
import Stack from "@mui/material/Stack";
import type { GridColDef } from "@mui/x-data-grid";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { DataTable } from "../workspace/DataTable";
import { LinkTo } from "../workspace/LinkTo";
import { pathTo } from "../workspace/sections";
import { TIME_WIDTH, useTime } from "../workspace/times";
import { KindIcon } from "./KindIcon";
import type { Media } from "./media";
import { useSize } from "./size";

const HIDDEN_AT_FIRST = { key: false, media_type: false };

/** Files as rows. Searching is for cards as well, so it is above both. */
export function MediaTable({ files }: { files: Media[] }) {
  const { t } = useTranslation();
  return (
    <DataTable
      name="media"
      label={t("media.files")}
      rows={files}
      columns={useColumns()}
      getRowId={({ key }) => key}
      slotProps={{ toolbar: { showQuickFilter: false } }}
      initialState={{ columns: { columnVisibilityModel: HIDDEN_AT_FIRST }, sorting: { sortModel: [{ field: "created_at", sort: "desc" }] } }}
    />
  );
}

function useColumns(): GridColDef<Media>[] {
  const { t, i18n } = useTranslation();
  const time = useTime();
  const size = useSize();
  return useMemo(
    () => [
      { field: "name", headerName: t("media.name"), flex: 2, minWidth: 200, renderCell: ({ row }) => <Name file={row} /> },
      { field: "kind", headerName: t("media.kind"), width: 120, valueGetter: (kind: string) => t(`media.kind_${kind as "other"}`) },
      { field: "bytes", headerName: t("media.size"), type: "number", width: 120, valueFormatter: (bytes: number) => size(bytes) },
      { field: "pixels", headerName: t("media.pixels"), width: 130, valueGetter: (_, { width, height }) => (width && height ? `${width} × ${height}` : "") },
      { field: "created_at", headerName: t("media.uploaded"), width: TIME_WIDTH, valueFormatter: (value: string) => time(value) },
      { field: "created_by", headerName: t("media.by"), width: 130 },
      { field: "key", headerName: t("media.key"), flex: 1, minWidth: 140 },
      { field: "media_type", headerName: t("media.type"), width: 160 },
    ],
    // what is written changes with the language only
    [t, time, i18n.language],
  );
}

function Name({ file }: { file: Media }) {
  return (
    <Stack direction="row" sx={{ gap: 1, alignItems: "center", height: "100%" }}>
      <KindIcon kind={file.kind} />
      <Link component={LinkTo} href={pathTo("media", file.key)} noWrap sx={{ fontWeight: 600 }}>
        {file.name}
      </Link>
    </Stack>
  );
}
