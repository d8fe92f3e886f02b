import Alert from "@mui/material/Alert";
import MenuItem from "@mui/material/MenuItem";
import Stack from "@mui/material/Stack";
import Tab from "@mui/material/Tab";
import Tabs from "@mui/material/Tabs";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isDrawable, namesOf } from "../scenario/model";
import { One } from "../workspace/One";
import { ChangeList } from "./ChangeList";
import { ComparedGraph } from "./ComparedGraph";
import { FileDiff } from "./FileDiff";
import { type Change, useComparison, useFile, type Version, type Which } from "./versions";

/** Which two are compared. */
export interface Pair {
  before: Which;
  after: Which;
}

const VIEWS = ["list", "graph", "code"] as const;
type View = (typeof VIEWS)[number];

interface ComparisonProps {
  id: string;
  versions: readonly Version[];
  pair: Pair;
  compare: (pair: Pair) => void;
}

/** What one version, or the draft, does differently from another: as a list, on the canvas, and as files. */
export function Comparison({ id, versions, pair, compare }: ComparisonProps) {
  const { t } = useTranslation();
  const [view, setView] = useState<View>("list");
  const comparison = useComparison(id, pair.before, pair.after);
  const same = pair.before === pair.after ? t("history.itself") : t("history.nothing");
  return (
    <Stack sx={{ gap: 2, minWidth: 0 }}>
      <Stack direction="row" sx={{ gap: 2, flexWrap: "wrap" }}>
        <Chosen label={t("history.from")} versions={versions} chosen={pair.before} choose={(before) => compare({ ...pair, before })} />
        <Chosen label={t("history.to")} versions={versions} chosen={pair.after} choose={(after) => compare({ ...pair, after })} />
      </Stack>
      <Tabs value={view} onChange={(_, chosen: View) => setView(chosen)} aria-label={t("history.views")}>
        {VIEWS.map((one) => (
          <Tab key={one} value={one} label={t(`history.view_${one}`)} />
        ))}
      </Tabs>
      <One found={comparison}>
        {({ changes, same_layout }) =>
          changes.length || (view === "code" && !same_layout) ? (
            <Files key={`${pair.before} ${pair.after}`} id={id} pair={pair} view={view} changes={changes} />
          ) : (
            <Typography>{same_layout ? same : t("history.only_layout")}</Typography>
          )
        }
      </One>
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

interface FilesProps {
  id: string;
  pair: Pair;
  view: View;
  changes: readonly Change[];
}

function Files({ id, pair, view, changes }: FilesProps) {
  const before = useFile(id, pair.before);
  const after = useFile(id, pair.after);
  return <One found={before}>{(old) => <One found={after}>{(now) => <Compared before={old} after={now} view={view} changes={changes} />}</One>}</One>;
}

function Compared({ before, after, view, changes }: { before: string; after: string; view: View; changes: readonly Change[] }) {
  const { t } = useTranslation();
  if (view === "code") return <FileDiff before={before} after={after} />;
  const [old, now]: unknown[] = [JSON.parse(before), JSON.parse(after)];
  if (!isDrawable(old) || !isDrawable(now)) return view === "list" ? <ChangeList changes={changes} names={new Map()} /> : <Alert severity="warning">{t("history.cannot_draw")}</Alert>;
  if (view === "graph") return <ComparedGraph before={old} after={now} changes={changes} />;
  return <ChangeList changes={changes} names={new Map([...namesOf(old), ...namesOf(now)])} />;
}
