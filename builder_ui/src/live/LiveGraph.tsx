import type { NodeProps } from "@xyflow/react";
import { createContext, useContext, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { CardNode } from "../canvas/elements";
import { Graph } from "../canvas/Graph";
import { NodeCard } from "../canvas/NodeCard";
import type { Scenario } from "../scenario/model";
import { countedLinks, type Figures, type NodeFigures } from "./figures";
import styles from "./LiveGraph.module.css";
import { useShares } from "./words";

const Counted = createContext<ReadonlyMap<string, NodeFigures>>(new Map());
const CARDS = { card: LiveCard };

interface LiveGraphProps {
  scenario: Scenario;
  figures: Figures;
  chosen: string | null;
  choose: (id: string) => void;
}

/** The graph with how often each step was visited, how many left there, and how many are there now. */
export function LiveGraph({ scenario, figures, chosen, choose }: LiveGraphProps) {
  const { t } = useTranslation();
  const nodes = useMemo(() => new Map(figures.nodes.map((one) => [one.node, one])), [figures]);
  const links = useMemo(() => countedLinks(scenario, nodes), [scenario, nodes]);
  return (
    <Counted.Provider value={nodes}>
      <Graph label={t("live.label")} scenario={scenario} links={links} cards={CARDS} chosen={chosen} choose={choose} sx={{ height: "65vh" }} />
    </Counted.Provider>
  );
}

function LiveCard(props: NodeProps<CardNode>) {
  const { t } = useTranslation();
  const share = useShares();
  const figures = useContext(Counted).get(props.id);
  return (
    <div className={styles.card} data-visited={figures !== undefined && figures.visits > 0}>
      <NodeCard {...props} />
      {figures && (
        <span className={styles.figures}>
          <span>{t("live.visits_of", { count: figures.visits, share: share(figures.share) })}</span>
          {figures.drop_off > 0 && <span className={styles.left}>{t("live.left_of", { share: share(figures.drop_off) })}</span>}
          {figures.running > 0 && <span className={styles.here}>{t("live.here", { count: figures.running })}</span>}
        </span>
      )}
    </div>
  );
}
