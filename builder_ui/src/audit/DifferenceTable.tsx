import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import { useTranslation } from "react-i18next";
import type { Difference } from "./differences";

/** What was, beside what is. */
export function DifferenceTable({ differences }: { differences: readonly Difference[] }) {
  const { t } = useTranslation();
  return (
    <TableContainer tabIndex={0} role="region" aria-label={t("audit.changes")}>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell sx={{ whiteSpace: "nowrap" }}>{t("audit.field")}</TableCell>
            <TableCell>{t("audit.old")}</TableCell>
            <TableCell>{t("audit.new")}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {differences.map((one) => (
            <TableRow key={one.field}>
              <TableCell component="th" scope="row" sx={{ verticalAlign: "top", whiteSpace: "nowrap" }}>
                {one.field}
              </TableCell>
              <Value text={one.old} />
              <Value text={one.new} />
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function Value({ text }: { text: string }) {
  return <TableCell sx={{ verticalAlign: "top", overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>{text}</TableCell>;
}
