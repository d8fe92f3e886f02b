import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import type { Period } from "./period";
import type { Version } from "./versions";

interface PeriodFieldsProps {
  versions: readonly Version[];
  period: Period;
  choose: (period: Period) => void;
}

const NARROW = { flex: "1 1 9.5rem", maxWidth: "12rem" };

/** Of which version and when: fields of a row. */
export function PeriodFields({ versions, period, choose }: PeriodFieldsProps) {
  const { t } = useTranslation();
  const day = (name: "first" | "last") => (
    <TextField
      type="date"
      label={t(`period.${name}`)}
      value={period[name]}
      onChange={(event) => choose({ ...period, [name]: event.target.value })}
      slotProps={{ inputLabel: { shrink: true } }}
      sx={NARROW}
    />
  );
  return (
    <>
      <TextField
        select
        label={t("period.version")}
        value={period.version}
        onChange={(event) => choose({ ...period, version: event.target.value === "" ? "" : Number(event.target.value) })}
        slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
        sx={NARROW}
      >
        <MenuItem value="">{t("period.every_version")}</MenuItem>
        {versions.map(({ number }) => (
          <MenuItem key={number} value={number}>
            {t("chatbots.version", { number })}
          </MenuItem>
        ))}
      </TextField>
      {day("first")}
      {day("last")}
    </>
  );
}
