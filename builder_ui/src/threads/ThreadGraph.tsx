import Alert from "@mui/material/Alert";
import type { NodeProps } from "@xyflow/react";
import { createContext, useContext, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type CardNode, linksOf } from "../canvas/elements";
import { Graph } from "../canvas/Graph";
import { MarkedCard } from "../canvas/MarkedCard";
import { markOfLink } from "../canvas/marks";
import { useScenarioOf } from "../history/versions";
import type { Scenario } from "../scenario/model";
import { One } from "../workspace/One";
import { type Turn, type Way, wayTo } from "./threads";

interface Lit {
  nodes: Way["nodes"];
  /** Where the thread is. */
  here: string | null;
}

const Ways = createContext<Lit>({ nodes: new Map(), here: null });
const CARDS = { card: LitCard };

interface ThreadGraphProps {
  turns: readonly Turn[];
  turn: Turn;
  here: string | null;
  step: string | null;
  choose: (step: string) => void;
}

/** The version that ran in a turn, with the way it took. */
export function ThreadGraph({ turn, ...rest }: ThreadGraphProps) {
  const { t } = useTranslation();
  const scenario = useScenarioOf(turn.chatbot, turn.version);
  return <One found={scenario}>{(found) => (found ? <Drawn scenario={found} turn={turn} {...rest} /> : <Alert severity="info">{t("live.cannot_draw")}</Alert>)}</One>;
}

function Drawn({ scenario, turns, turn, here, step, choose }: ThreadGraphProps & { scenario: Scenario }) {
  const { t } = useTranslation();
  const way = useMemo(() => wayTo(turns, turn), [turns, turn]);
  const lit = useMemo(() => ({ nodes: way.nodes, here }), [way, here]);
  const links = useMemo(() => linksOf(scenario).map((link) => ({ ...link, className: markOfLink(way.links.get(link.id) ?? "rest") })), [scenario, way]);
  return (
    <Ways.Provider value={lit}>
      <Graph label={t("inspector.graph")} scenario={scenario} links={links} cards={CARDS} chosen={step} choose={choose} sx={{ height: "50vh" }} />
    </Ways.Provider>
  );
}

function LitCard(props: NodeProps<CardNode>) {
  const { t } = useTranslation();
  const { nodes, here } = useContext(Ways);
  return <MarkedCard card={props} mark={nodes.get(props.id) ?? "rest"} tag={here === props.id && t("inspector.here")} />;
}
