import InputLabel from "@mui/material/InputLabel";
import FormControl from "@mui/material/FormControl";
import MenuItem from "@mui/material/MenuItem";
import Select from "@mui/material/Select";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Kind, Wanted } from "./files";

interface MediaFiltersProps {
  /** The kinds that there may be. */
  kinds: readonly Kind[];
  wanted: Wanted;
  want: (wanted: Wanted) => void;
  children?: ReactNode;
}

/** Which files are looked for. */
export function MediaFilters({ kinds, wanted, want, children }: MediaFiltersProps) {
  const { t } = useTranslation();
  const label = useId();
  const chosen = wanted.kinds.length === 1 ? wanted.kinds[0]! : "";
  return (
    <Stack direction="row" sx={{ gap: 1, flexWrap: "wrap", alignItems: "center" }}>
      <TextField
        label={t("media.search")}
        type="search"
        value={wanted.search}
        onChange={(event) => want({ ...wanted, search: event.target.value })}
        sx={{ flex: "1 1 12rem", maxWidth: "24rem" }}
      />
      {kinds.length > 1 && (
        <FormControl sx={{ minWidth: "9rem" }}>
          <InputLabel id={label} shrink>
            {t("media.kind")}
          </InputLabel>
          <Select<Kind | "">
            labelId={label}
            label={t("media.kind")}
            notched
            displayEmpty
            value={chosen}
            onChange={({ target }) => want({ ...wanted, kinds: target.value ? [target.value] : [] })}
          >
            <MenuItem value="">{t("media.every_kind")}</MenuItem>
            {kinds.map((kind) => (
              <MenuItem key={kind} value={kind}>
                {t(`media.kinds_${kind}`)}
              </MenuItem>
            ))}
          </Select>
        </FormControl>
      )}
      {children}
    </Stack>
  );
}
