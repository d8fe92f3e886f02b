import { applyNodeChanges, Background, type Connection, ControlButton, Controls, MarkerType, type NodeChange, ReactFlow, useReactFlow } from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import FitScreen from "@mui/icons-material/FitScreen";
import useMediaQuery from "@mui/material/useMediaQuery";
import { type DragEvent, type MouseEvent, useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type At, placeIn } from "../scenario/model";
import { connect, disconnect, moveNodes, removeNodes } from "../scenario/operations";
import { useLitLinks } from "../trying/lights";
import { useEditor, useEditorStore } from "./editor";
import { type CardNode, type Link, linksOf, nodesOf } from "./elements";
import { NodeCard } from "./NodeCard";
import { useDistance } from "./overview/far";
import { Minimap } from "./overview/Minimap";
import { Overview } from "./overview/Overview";
import { draggedKind } from "./palette";
import { useArrival } from "./arrival";

const NODE_TYPES = { card: NodeCard };
const DELETE_KEYS = ["Delete", "Backspace"];
const GRID = 20;
const NO_LINKS: Link[] = [];
const LINKS = { markerEnd: { type: MarkerType.ArrowClosed, width: 18, height: 18 } };

interface CanvasProps {
  /** Whether somebody edits; otherwise nothing changes, whatever they do (ED-1). */
  isEditing: boolean;
  isDark: boolean;
  /** Add a node of a kind there, and open it. */
  add: (kind: "action" | "condition", at: At) => void;
  open: (id: string) => void;
}

/** The scenario as nodes and links (ED-1). Places are kept here while nodes are dragged, and in the scenario afterwards. */
export function Canvas({ isEditing, isDark, add, open }: CanvasProps) {
  const { t } = useTranslation();
  const flow = useReactFlow();
  const editor = useEditorStore();
  const scenario = useEditor((state) => state.scenario);
  const edit = useEditor((state) => state.edit);
  const isNarrow = useMediaQuery("(max-width: 599px)");
  const [nodes, change] = useNodes();
  const links = useLitLinks(useMemo(() => linksOf(scenario), [scenario]));
  const { isFar, shown, point, setMoving } = useDistance(nodes);
  const { arrive, fit } = useArrival();
  const drop = (event: DragEvent) => {
    const kind = draggedKind(event);
    if (!kind || !isEditing) return;
    event.preventDefault();
    const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    add(kind, [x, y]);
  };
  const bringToHand = (event: MouseEvent) => {
    const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
    point(x, y);
  };
  const link = ({ source, sourceHandle, target }: Connection) =>
    edit((now) => connect(now, { node: source, handle: sourceHandle ?? "" }, target));
  const remove = ({ nodes: gone, edges }: { nodes: CardNode[]; edges: Link[] }) =>
    edit((now) => removeNodes(edges.reduce((left, { data }) => (data ? disconnect(left, data.from, data.to) : left), now), new Set(gone.map(({ id }) => id))));
  return (
    <ReactFlow
      nodes={shown}
      edges={isFar ? NO_LINKS : links}
      nodeTypes={NODE_TYPES}
      onNodesChange={change}
      onConnect={link}
      onDelete={remove}
      onDrop={drop}
      onDragOver={(event) => draggedKind(event) && event.preventDefault()}
      onPaneMouseMove={bringToHand}
      onMoveStart={() => setMoving(true)}
      onMoveEnd={() => setMoving(false)}
      onNodeDoubleClick={(_, { id }) => open(id)}
      onNodeClick={(_, { id }) => editor.getState().chosen.length <= 1 && open(id)}
      nodesDraggable={isEditing}
      nodesConnectable={isEditing}
      deleteKeyCode={isEditing ? DELETE_KEYS : null}
      colorMode={isDark ? "dark" : "light"}
      onlyRenderVisibleElements
      minZoom={0.05}
      snapToGrid
      snapGrid={[GRID, GRID]}
      onInit={arrive}
      defaultEdgeOptions={LINKS}
      aria-label={t("canvas.label")}
      proOptions={{ hideAttribution: false }}
    >
      <Background gap={GRID} />
      <Controls showInteractive={false} showFitView={false} aria-label={t("canvas.zoom")}>
        <ControlButton className="react-flow__controls-fitview" onClick={fit} title={t("canvas.fit")} aria-label={t("canvas.fit")}>
          <FitScreen />
        </ControlButton>
      </Controls>
      {isFar && <Overview nodes={nodes} links={links} isDark={isDark} />}
      {!isNarrow && <Minimap isDark={isDark} />}
    </ReactFlow>
  );
}

/** The nodes as React Flow has them now, and what to do with its changes. */
function useNodes(): [CardNode[], (changes: NodeChange<CardNode>[]) => void] {
  const editor = useEditorStore();
  const scenario = useEditor((state) => state.scenario);
  const chosen = useEditor((state) => state.chosen);
  const [nodes, setNodes] = useState<CardNode[]>(() => nodesOf(scenario, []));
  useEffect(() => setNodes((before) => nodesOf(scenario, before)), [scenario]);
  useEffect(() => setNodes((before) => withChosen(before, new Set(chosen))), [chosen]);
  const change = useCallback(
    (changes: NodeChange<CardNode>[]) => {
      setNodes((before) => applyNodeChanges(changes, before));
      commitPlaces(changes, editor);
      if (changes.some(({ type }) => type === "select")) commitChosen(changes, editor);
    },
    [editor],
  );
  return [nodes, change];
}

function withChosen(nodes: CardNode[], chosen: ReadonlySet<string>): CardNode[] {
  if (nodes.every((node) => (node.selected ?? false) === chosen.has(node.id))) return nodes;
  return nodes.map((node) => ((node.selected ?? false) === chosen.has(node.id) ? node : { ...node, selected: chosen.has(node.id) }));
}

/** A move is one change of the scenario when it ends, by the mouse as by the arrow keys. */
function commitPlaces(changes: NodeChange<CardNode>[], editor: ReturnType<typeof useEditorStore>): void {
  const places: Record<string, At> = {};
  for (const one of changes) if (one.type === "position" && !one.dragging && one.position) places[one.id] = [one.position.x, one.position.y];
  const { layout } = editor.getState().scenario;
  const isMoved = Object.entries(places).some(([id, [x, y]]) => {
    const [left, top] = placeIn(layout, id) ?? [];
    return left !== Math.round(x) || top !== Math.round(y);
  });
  if (isMoved) editor.getState().edit((scenario) => moveNodes(scenario, places));
}

function commitChosen(changes: NodeChange<CardNode>[], editor: ReturnType<typeof useEditorStore>): void {
  const chosen = new Set(editor.getState().chosen);
  for (const one of changes) {
    if (one.type !== "select") continue;
    if (one.selected) chosen.add(one.id);
    else chosen.delete(one.id);
  }
  editor.getState().choose([...chosen]);
}
