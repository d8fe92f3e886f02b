import { Background, Controls, type Edge, MarkerType, type NodeProps, ReactFlow, type ReactFlowInstance, ReactFlowProvider } from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import Box from "@mui/material/Box";
import type { SystemStyleObject, Theme } from "@mui/system";
import { type ComponentType, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Scenario } from "../scenario/model";
import { useIsDark } from "../settings/theme";
import { boundsOf, type CardNode, type Link, nodesOf } from "./elements";
import { LINK_TYPES, StandingProvider, useStanding } from "./links/LinkEdge";

const LINKS = { markerEnd: { type: MarkerType.ArrowClosed, width: 18, height: 18 } };

type Flow = ReactFlowInstance<CardNode, Link>;
export type Cards = Record<"card", ComponentType<NodeProps<CardNode>>>;

interface GraphProps {
  label: string;
  scenario: Scenario;
  links: readonly (Link & Pick<Edge, "className" | "label">)[];
  /** How a node is drawn. The same object each time: React Flow makes all nodes anew for another one. */
  cards: Cards;
  /** Somebody pressed a node; left out: nothing happens there. */
  choose?: (id: string) => void;
  chosen?: string | null;
  sx?: SystemStyleObject<Theme>;
}

/** A scenario to look at: nothing can be changed. */
export function Graph({ label, scenario, links, cards, choose, chosen = null, sx }: GraphProps) {
  const { t } = useTranslation();
  const isDark = useIsDark();
  const flow = useRef<Flow | null>(null);
  // React Flow's own way would fit what it has drawn, which is what can be seen
  const fit = (instance: Flow) => {
    flow.current = instance;
    void instance.fitBounds(boundsOf(scenario), { padding: 0.1 }).then(() => instance.getZoom() > 1 && instance.zoomTo(1));
  };
  const standing = useStanding(scenario);
  const drawn = useMemo(() => nodesOf(scenario, []), [scenario]);
  const nodes = useMemo(() => drawn.map((node) => (node.id === chosen ? { ...node, selected: true } : node)), [drawn, chosen]);
  return (
    <Box sx={{ height: "var(--graph-height, 60vh)", minHeight: 320, border: 1, borderColor: "divider", borderRadius: 1, overflow: "hidden", ...sx }}>
      {/* of its own: within the editor it would be the canvas of that */}
      <ReactFlowProvider>
        <StandingProvider value={standing}>
          <ReactFlow
            nodes={nodes}
            edges={links as Link[]}
            edgeTypes={LINK_TYPES}
            nodeTypes={cards}
            nodesDraggable={false}
            nodesConnectable={false}
            elementsSelectable={choose !== undefined}
            nodesFocusable={choose !== undefined}
            edgesFocusable={false}
            onNodeClick={(_, { id }) => choose?.(id)}
            onNodesChange={(changes) => changes.forEach((one) => one.type === "select" && one.selected && choose?.(one.id))}
            deleteKeyCode={null}
            colorMode={isDark ? "dark" : "light"}
            onlyRenderVisibleElements
            minZoom={0.05}
            onInit={fit}
            defaultEdgeOptions={LINKS}
            defaultMarkerColor={null}
            aria-label={label}
          >
            <Background gap={20} />
            <Controls showInteractive={false} onFitView={() => flow.current && fit(flow.current)} aria-label={t("canvas.zoom")} />
          </ReactFlow>
        </StandingProvider>
      </ReactFlowProvider>
    </Box>
  );
}
