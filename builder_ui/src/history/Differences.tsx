import Alert from "@mui/material/Alert";
import Stack from "@mui/material/Stack";
import Tab from "@mui/material/Tab";
import Tabs from "@mui/material/Tabs";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isDrawable, namesOf } from "../scenario/model";
import { One } from "../workspace/One";
import { ChangeList } from "./ChangeList";
import { ComparedGraph } from "./ComparedGraph";
import { FileDiff } from "./FileDiff";
import { type Change, type Pair, useComparison, useFile } from "./versions";

const VIEWS = ["list", "graph", "code"] as const;
type View = (typeof VIEWS)[number];

interface DifferencesProps {
  id: string;
  pair: Pair;
  /** Of the draft, where it is one of them and is worked on meanwhile: what was read of another one is not shown. */
  revision?: number;
}

/** What the one does differently from the other: as a list, on the canvas, and as files. */
export function Differences({ id, pair, revision }: DifferencesProps) {
  const { t } = useTranslation();
  const [view, setView] = useState<View>("list");
  const comparison = useComparison(id, pair, revision);
  const same = pair.before === pair.after ? t("history.itself") : t("history.nothing");
  return (
    <Stack sx={{ gap: 2, minWidth: 0 }}>
      <Tabs value={view} variant="scrollable" allowScrollButtonsMobile={false} onChange={(_, chosen: View) => setView(chosen)} aria-label={t("history.views")}>
        {VIEWS.map((one) => (
          <Tab key={one} value={one} label={t(`history.view_${one}`)} />
        ))}
      </Tabs>
      <One found={comparison}>
        {({ changes, same_layout }) =>
          changes.length || (view === "code" && !same_layout) ? (
            <Files key={`${pair.before} ${pair.after}`} id={id} pair={pair} revision={revision} view={view} changes={changes} />
          ) : (
            <Typography>{same_layout ? same : t("history.only_layout")}</Typography>
          )
        }
      </One>
    </Stack>
  );
}

interface FilesProps {
  id: string;
  pair: Pair;
  revision: number | undefined;
  view: View;
  changes: readonly Change[];
}

function Files({ id, pair, revision, view, changes }: FilesProps) {
  const before = useFile(id, pair.before, revision);
  const after = useFile(id, pair.after, revision);
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
