import Download from "@mui/icons-material/Download";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { PeriodFields } from "../../history/PeriodFields";
import { ALWAYS, type Period } from "../../history/period";
import { useVersions } from "../../history/versions";
import { csvAddress, type Query } from "./answers";

interface AnswerFiltersProps {
  id: string;
  period: Period;
  choose: (period: Period) => void;
  query: Query;
}

/** Of which version and when; the download is of the same. */
export function AnswerFilters({ id, period, choose, query }: AnswerFiltersProps) {
  const { t } = useTranslation();
  const versions = useVersions(id);
  return (
    <Stack direction="row" sx={{ gap: 1, flexWrap: "wrap", alignItems: "center" }}>
      <PeriodFields versions={versions.data ?? []} period={period} choose={choose} />
      {period !== ALWAYS && <Button onClick={() => choose(ALWAYS)}>{t("answers.show_all")}</Button>}
      <Button component="a" href={csvAddress(id, query)} download startIcon={<Download />} sx={{ ml: "auto" }}>
        {t("answers.csv")}
      </Button>
    </Stack>
  );
}
