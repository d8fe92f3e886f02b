import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PeriodFields } from "../history/PeriodFields";
import type { Period } from "../history/period";
import { useScenarioOf, useVersions, type Version } from "../history/versions";
import type { Scenario } from "../scenario/model";
import { Listing } from "../workspace/Listing";
import { One } from "../workspace/One";
import { useMe } from "../workspace/session";
import { type Figures, useFigures } from "./figures";
import { LiveGraph } from "./LiveGraph";
import { NodePanel } from "./NodePanel";

/** What happened at the steps of a published chatbot, and who is there now, drawn on its graph (ED-6). */
export default function LivePart({ id }: { id: string }) {
  const { t } = useTranslation();
  const versions = useVersions(id);
  return (
    <Listing found={versions} empty={{ title: t("live.not_published"), text: t("live.not_published_text") }}>
      {(found) => <Live id={id} versions={found} />}
    </Listing>
  );
}

function Live({ id, versions }: { id: string; versions: readonly Version[] }) {
  const { time_zone } = useMe();
  const newest = versions[0]?.number ?? 1;
  const [period, choose] = useState<Period>({ version: newest, first: "", last: "" });
  const figures = useFigures(id, period, time_zone);
  const scenario = useScenarioOf(id, period.version === "" ? newest : period.version);
  return (
    <>
      <Stack direction="row" sx={{ gap: 1, flexWrap: "wrap" }}>
        <PeriodFields versions={versions} period={period} choose={choose} />
      </Stack>
      <One found={figures}>{(counted) => <One found={scenario}>{(drawn) => <Overlay id={id} version={period.version} scenario={drawn} figures={counted} />}</One>}</One>
    </>
  );
}

interface OverlayProps {
  id: string;
  version: number | "";
  scenario: Scenario | null;
  figures: Figures;
}

function Overlay({ id, version, scenario, figures }: OverlayProps) {
  const { t } = useTranslation();
  const [chosen, choose] = useState<string | null>(null);
  if (scenario === null) return <Typography>{t("live.cannot_draw")}</Typography>;
  const node = scenario.nodes.find((one) => one.id === chosen);
  return (
    <>
      <Typography>
        {t("live.entered", { count: figures.entered })}, {t("live.running", { count: figures.running })}.
      </Typography>
      <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: { xs: "minmax(0, 1fr)", md: "minmax(0, 1fr) 320px" }, flex: 1, minHeight: 0 }}>
        <LiveGraph scenario={scenario} figures={figures} chosen={chosen} choose={choose} />
        {node ? <NodePanel key={node.id} chatbot={id} version={version} node={node} figures={figures.nodes.find((one) => one.node === node.id)} /> : <Typography sx={{ color: "text.secondary" }}>{t("live.choose")}</Typography>}
      </Box>
    </>
  );
}
