import { DataGrid, type DataGridProps, type GridInitialState, type GridValidRowModel, useGridApiRef } from "@mui/x-data-grid";
import { enUS, esES } from "@mui/x-data-grid/locales";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { keep, recall } from "../storage";
import { nonce } from "./nonce";

/** Names and headings that are long go on in a second line: they are what one looks for. */
const LINES = {
  "& .MuiDataGrid-columnHeaderTitle": { whiteSpace: "normal", lineHeight: 1.2, overflowWrap: "anywhere" },
  "& .MuiDataGrid-cell:has(a)": { display: "flex", alignItems: "center" },
  "& .MuiDataGrid-cell a": { display: "-webkit-box", WebkitLineClamp: 2, WebkitBoxOrient: "vertical", overflow: "hidden", whiteSpace: "normal", lineHeight: 1.3, overflowWrap: "anywhere" },
};

const WORDS = { en: enUS, es: esES };

interface DataTableProps<Row extends GridValidRowModel> extends DataGridProps<Row> {
  /** What the table is of, for those who cannot see it; and the name under which its columns, sort and filters are kept. */
  label: string;
  name: string;
}

/** A table with a column chooser, filters and sort, which it remembers. */
export function DataTable<Row extends GridValidRowModel>({ label, name, initialState, ...rest }: DataTableProps<Row>) {
  const { i18n } = useTranslation();
  const grid = useGridApiRef();
  const key = `table.${name}`;
  useEffect(() => {
    const remember = () => {
      const { columns, sorting, filter, pagination } = grid.current?.exportState() ?? {};
      keep(key, { columns, sorting, filter, pagination: { paginationModel: { pageSize: pagination?.paginationModel?.pageSize } } });
    };
    return grid.current?.subscribeEvent("stateChange", remember);
  }, [grid, key]);
  const words = WORDS[i18n.language as keyof typeof WORDS] ?? enUS;
  return (
    <DataGrid
      apiRef={grid}
      aria-label={label}
      nonce={nonce}
      disableRowSelectionOnClick
      showToolbar
      sx={LINES}
      localeText={words.components.MuiDataGrid.defaultProps.localeText}
      initialState={recall<GridInitialState>(key, initialState ?? {})}
      {...rest}
    />
  );
}
