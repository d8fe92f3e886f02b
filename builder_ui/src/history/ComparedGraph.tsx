import { Background, Controls, MarkerType, type NodeProps, ReactFlow } from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import Box from "@mui/material/Box";
import { createContext, useContext, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type CardNode, nodesOf } from "../canvas/elements";
import { NodeCard } from "../canvas/NodeCard";
import type { Scenario } from "../scenario/model";
import { useIsDark } from "../settings/theme";
import styles from "./ComparedGraph.module.css";
import { compared, type Mark } from "./differences";
import type { Change } from "./versions";

const Marks = createContext<ReadonlyMap<string, Mark>>(new Map());
const NODE_TYPES = { card: ComparedCard };

interface ComparedGraphProps {
  before: Scenario;
  after: Scenario;
  changes: readonly Change[];
}

/** Two versions as one graph: what is new, what has changed, and what is gone, where it stood. */
export function ComparedGraph({ before, after, changes }: ComparedGraphProps) {
  const { t } = useTranslation();
  const isDark = useIsDark();
  const { scenario, nodes, links } = useMemo(() => compared(before, after, changes), [before, after, changes]);
  const cards = useMemo(() => nodesOf(scenario, []), [scenario]);
  const edges = useMemo(() => links.map(({ mark, ...link }) => ({ ...link, className: styles[mark] ?? "", markerEnd: { type: MarkerType.ArrowClosed, width: 18, height: 18 } })), [links]);
  return (
    <Marks.Provider value={nodes}>
      <Box sx={{ height: "60vh", minHeight: 320, border: 1, borderColor: "divider", borderRadius: 1, overflow: "hidden" }}>
        <ReactFlow
          nodes={cards}
          edges={edges}
          nodeTypes={NODE_TYPES}
          nodesDraggable={false}
          nodesConnectable={false}
          elementsSelectable={false}
          deleteKeyCode={null}
          colorMode={isDark ? "dark" : "light"}
          onlyRenderVisibleElements
          minZoom={0.05}
          fitView
          fitViewOptions={{ maxZoom: 1, padding: 0.1 }}
          aria-label={t("history.graph")}
        >
          <Background gap={20} />
          <Controls showInteractive={false} aria-label={t("canvas.zoom")} />
        </ReactFlow>
      </Box>
    </Marks.Provider>
  );
}

function ComparedCard(props: NodeProps<CardNode>) {
  const { t } = useTranslation();
  const mark = useContext(Marks).get(props.id) ?? "same";
  return (
    <div className={styles.card} data-mark={mark}>
      <NodeCard {...props} />
      {mark !== "same" && <span className={styles.mark}>{t(`history.${mark}`)}</span>}
    </div>
  );
}
