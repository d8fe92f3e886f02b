import MenuItem from "@mui/material/MenuItem";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import { Differences } from "./Differences";
import type { Pair, Version, Which } from "./versions";

interface ComparisonProps {
  id: string;
  versions: readonly Version[];
  pair: Pair;
  compare: (pair: Pair) => void;
}

/** What one version, or the draft, does differently from another: as a list, on the canvas, and as files. */
export function Comparison({ id, versions, pair, compare }: ComparisonProps) {
  const { t } = useTranslation();
  return (
    <Stack sx={{ gap: 2, minWidth: 0 }}>
      <Stack direction="row" sx={{ gap: 2, flexWrap: "wrap" }}>
        <Chosen label={t("history.from")} versions={versions} chosen={pair.before} choose={(before) => compare({ ...pair, before })} />
        <Chosen label={t("history.to")} versions={versions} chosen={pair.after} choose={(after) => compare({ ...pair, after })} />
      </Stack>
      <Differences id={id} pair={pair} />
    </Stack>
  );
}

const DRAFT = "draft";

function Chosen({ label, versions, chosen, choose }: { label: string; versions: readonly Version[]; chosen: Which; choose: (which: Which) => void }) {
  const { t } = useTranslation();
  return (
    <TextField select size="small" fullWidth={false} label={label} value={chosen ?? DRAFT} onChange={(event) => choose(event.target.value === DRAFT ? null : Number(event.target.value))} sx={{ minWidth: 150 }}>
      <MenuItem value={DRAFT}>{t("history.draft")}</MenuItem>
      {versions.map(({ number }) => (
        <MenuItem key={number} value={number}>
          {t("history.version", { number })}
        </MenuItem>
      ))}
    </TextField>
  );
}
