import Box from "@mui/material/Box";
import Link from "@mui/material/Link";
import type { GridColDef } from "@mui/x-data-grid";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LinkTo } from "../../workspace/LinkTo";
import { pathTo } from "../../workspace/sections";
import { DataTable } from "../../workspace/DataTable";
import { ProblemAlert } from "../../workspace/ProblemAlert";
import { useTime } from "../../workspace/times";
import { type AnsweredThread, ROWS, type useAnswers, valueText } from "./answers";

interface AnswerTableProps {
  id: string;
  answers: ReturnType<typeof useAnswers>;
  fields: string[];
  /** A column, with `-` before it: the greatest first. */
  sort: string;
  setSort: (sort: string) => void;
}

/** What the grid takes for: there are more, who knows how many. */
const UNKNOWN = -1;
const HIDDEN_AT_FIRST = { thread: false, contact: false, created_at: false };

/** A row for each thread; the server sorts them, and hands them out page by page. */
export function AnswerTable({ id, answers, fields, sort, setSort }: AnswerTableProps) {
  const { t } = useTranslation();
  const [page, setPage] = useState(0);
  const pages = answers.data?.pages ?? [];
  const rows = pages.reduce((sum, { items }) => sum + items.length, 0);
  const turn = (to: number) => {
    setPage(to);
    if (to >= pages.length) void answers.fetchNextPage();
  };
  return (
    <>
      <ProblemAlert error={answers.error} />
      <Box sx={{ height: "34rem", flex: "none", display: "flex", flexDirection: "column" }}>
        <DataTable
          name={`answers.${id}`}
          label={t("answers.threads")}
          columns={useColumns(fields)}
          rows={pages[page]?.items ?? []}
          getRowId={({ thread }) => thread}
          loading={answers.isFetching}
          disableColumnFilter
          paginationMode="server"
          paginationModel={{ page, pageSize: ROWS }}
          onPaginationModelChange={(model) => turn(model.page)}
          pageSizeOptions={[ROWS]}
          rowCount={answers.hasNextPage ? UNKNOWN : rows}
          sortingMode="server"
          sortingOrder={["desc", "asc"]}
          sortModel={[{ field: sort.replace("-", ""), sort: sort.startsWith("-") ? "desc" : "asc" }]}
          onSortModelChange={([by]) => by && setSort(`${by.sort === "desc" ? "-" : ""}${by.field}`)}
          slotProps={{ toolbar: { showQuickFilter: false, csvOptions: { disableToolbarButton: true }, printOptions: { disableToolbarButton: true } } }}
          initialState={{ columns: { columnVisibilityModel: HIDDEN_AT_FIRST } }}
        />
      </Box>
    </>
  );
}

function useColumns(fields: string[]): GridColDef<AnsweredThread>[] {
  const { t } = useTranslation();
  const time = useTime();
  const when = (field: "updated_at" | "created_at"): GridColDef<AnsweredThread> => ({
    field,
    headerName: t(`answers.${field}`),
    width: 190,
    valueFormatter: (value: string) => time(value),
  });
  const fact = (field: "to" | "sender" | "contact" | "thread"): GridColDef<AnsweredThread> => ({
    field,
    headerName: t(`answers.${field}`),
    sortable: false,
    width: 150,
  });
  return [
    when("updated_at"),
    { ...fact("to"), renderCell: ({ row }) => <Link component={LinkTo} href={pathTo("threads", row.thread)}>{row.to}</Link> },
    ...fields.map(
      (name): GridColDef<AnsweredThread> => ({
        // a field may be called as another column is
        field: `answers.${name}`,
        headerName: name,
        sortable: false,
        flex: 1,
        minWidth: 150,
        valueGetter: (_, { answers }) => valueText(answers[name]),
      }),
    ),
    { field: "status", headerName: t("answers.status"), sortable: false, width: 150, valueFormatter: (status: string) => t(`thread_status.${status as "active"}`) },
    {
      field: "version",
      headerName: t("period.version"),
      sortable: false,
      width: 100,
      valueFormatter: (number: number | null) => (number === null ? "" : t("chatbots.version", { number })),
    },
    fact("sender"),
    when("created_at"),
    fact("contact"),
    fact("thread"),
  ];
}
