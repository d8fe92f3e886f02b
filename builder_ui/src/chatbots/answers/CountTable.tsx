import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import { useTranslation } from "react-i18next";
import { regional } from "../../i18n";
import { type Summary, valueText } from "./answers";

/** Each value with how many threads gave it, and what share of all that is. */
export function CountTable({ summary: { field, counts, others, threads } }: { summary: Summary }) {
  const { t, i18n } = useTranslation();
  const share = new Intl.NumberFormat(regional(i18n.language), { style: "percent", maximumFractionDigits: 1 });
  const rows = counts.map((count): [string, number] => [valueText(count.value), count.threads]);
  if (others > 0) rows.push([t("answers.others"), others]);
  return (
    <TableContainer tabIndex={0} role="region" aria-label={t("answers.numbers", { field })} sx={{ maxHeight: "28rem" }}>
      <Table size="small" stickyHeader sx={{ "& th": { bgcolor: "background.paper" } }} aria-label={t("answers.numbers", { field })}>
        <TableHead>
          <TableRow>
            <TableCell>{t("answers.value")}</TableCell>
            <TableCell align="right" sx={{ whiteSpace: "nowrap" }}>{t("answers.threads")}</TableCell>
            <TableCell align="right" sx={{ whiteSpace: "nowrap" }}>{t("answers.share")}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(([value, number], place) => (
            <TableRow key={place}>
              <TableCell sx={{ overflowWrap: "anywhere" }}>{value}</TableCell>
              <TableCell align="right" sx={{ whiteSpace: "nowrap" }}>{number}</TableCell>
              <TableCell align="right" sx={{ whiteSpace: "nowrap" }}>{share.format(number / threads)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
