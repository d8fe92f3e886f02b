import type { NodeProps } from "@xyflow/react";
import { createContext, useContext, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { CardNode } from "../canvas/elements";
import { Graph } from "../canvas/Graph";
import { MarkedCard } from "../canvas/MarkedCard";
import { markOfLink } from "../canvas/marks";
import type { Scenario } from "../scenario/model";
import { type Compared, compared } from "./differences";
import type { Change } from "./versions";

const Marks = createContext<Compared["nodes"]>(new Map());
const CARDS = { card: ComparedCard };

interface ComparedGraphProps {
  before: Scenario;
  after: Scenario;
  changes: readonly Change[];
}

/** Two versions as one graph: what is new, what has changed, and what is gone, where it stood. */
export function ComparedGraph({ before, after, changes }: ComparedGraphProps) {
  const { t } = useTranslation();
  const { scenario, nodes, links } = useMemo(() => compared(before, after, changes), [before, after, changes]);
  const marked = useMemo(() => links.map(({ mark, ...link }) => ({ ...link, className: markOfLink(mark) })), [links]);
  return (
    <Marks.Provider value={nodes}>
      <Graph label={t("history.graph")} scenario={scenario} links={marked} cards={CARDS} />
    </Marks.Provider>
  );
}

function ComparedCard(props: NodeProps<CardNode>) {
  const { t } = useTranslation();
  const mark = useContext(Marks).get(props.id) ?? "rest";
  return <MarkedCard card={props} mark={mark} tag={mark !== "rest" && t(`history.${mark}`)} />;
}
