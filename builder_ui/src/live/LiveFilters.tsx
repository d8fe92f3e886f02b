import MenuItem from "@mui/material/MenuItem";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import type { Version } from "../history/versions";
import type { Wanted } from "./figures";

interface LiveFiltersProps {
  versions: readonly Version[];
  wanted: Wanted;
  want: (wanted: Wanted) => void;
}

const NARROW = { flex: "1 1 9.5rem", maxWidth: "12rem" };

/** Of which version and when. */
export function LiveFilters({ versions, wanted, want }: LiveFiltersProps) {
  const { t } = useTranslation();
  const day = (name: "first" | "last") => (
    <TextField
      type="date"
      label={t(`live.${name}`)}
      value={wanted[name]}
      onChange={(event) => want({ ...wanted, [name]: event.target.value })}
      slotProps={{ inputLabel: { shrink: true } }}
      sx={NARROW}
    />
  );
  return (
    <Stack direction="row" sx={{ gap: 1, flexWrap: "wrap" }}>
      <TextField
        select
        label={t("live.version")}
        value={wanted.version}
        onChange={(event) => want({ ...wanted, version: event.target.value === "" ? "" : Number(event.target.value) })}
        slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
        sx={NARROW}
      >
        <MenuItem value="">{t("live.every_version")}</MenuItem>
        {versions.map(({ number }) => (
          <MenuItem key={number} value={number}>
            {t("chatbots.version", { number })}
          </MenuItem>
        ))}
      </TextField>
      {day("first")}
      {day("last")}
    </Stack>
  );
}
