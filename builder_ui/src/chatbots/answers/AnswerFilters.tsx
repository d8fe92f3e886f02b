import Download from "@mui/icons-material/Download";
import Button from "@mui/material/Button";
import MenuItem from "@mui/material/MenuItem";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import { useVersions } from "../../history/versions";
import { ALL, csvAddress, type Query, type Wanted } from "./answers";

interface AnswerFiltersProps {
  id: string;
  wanted: Wanted;
  want: (wanted: Wanted) => void;
  query: Query;
}

const NARROW = { flex: "1 1 9.5rem", maxWidth: "12rem" };

/** Of which version and when; the download is of the same. */
export function AnswerFilters({ id, wanted, want, query }: AnswerFiltersProps) {
  const { t } = useTranslation();
  const versions = useVersions(id);
  const day = (name: "first" | "last") => (
    <TextField
      type="date"
      label={t(`answers.${name}`)}
      value={wanted[name]}
      onChange={(event) => want({ ...wanted, [name]: event.target.value })}
      slotProps={{ inputLabel: { shrink: true } }}
      sx={NARROW}
    />
  );
  return (
    <Stack direction="row" sx={{ gap: 1, flexWrap: "wrap", alignItems: "center" }}>
      <TextField
        select
        label={t("answers.version")}
        value={wanted.version}
        onChange={(event) => want({ ...wanted, version: event.target.value === "" ? "" : Number(event.target.value) })}
        slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
        sx={NARROW}
      >
        <MenuItem value="">{t("answers.every_version")}</MenuItem>
        {(versions.data ?? []).map(({ number }) => (
          <MenuItem key={number} value={number}>
            {t("chatbots.version", { number })}
          </MenuItem>
        ))}
      </TextField>
      {day("first")}
      {day("last")}
      {wanted !== ALL && <Button onClick={() => want(ALL)}>{t("answers.show_all")}</Button>}
      <Button component="a" href={csvAddress(id, query)} download startIcon={<Download />} sx={{ ml: "auto" }}>
        {t("answers.csv")}
      </Button>
    </Stack>
  );
}
