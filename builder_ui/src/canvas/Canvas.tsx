import { Background, type Connection, ControlButton, Controls, MarkerType, ReactFlow, SelectionMode, useReactFlow } from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import FitScreen from "@mui/icons-material/FitScreen";
import useMediaQuery from "@mui/material/useMediaQuery";
import { type DragEvent, type MouseEvent, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { At } from "../scenario/model";
import { connect } from "../scenario/operations";
import { useLitLinks } from "../trying/lights";
import { ArrangeBar } from "./ArrangeBar";
import { useArrival } from "./arrival";
import { useEditor, useEditorStore } from "./editor";
import { type Link, linksOf } from "./elements";
import { GRID } from "./geometry";
import { LINK_TYPES, StandingProvider, useStanding } from "./links/LinkEdge";
import { NodeCard } from "./NodeCard";
import { useNodes } from "./nodes";
import { NoteCard } from "./NoteCard";
import { useBox } from "./overview/box";
import { useDistance } from "./overview/far";
import { Minimap } from "./overview/Minimap";
import { Overview } from "./overview/Overview";
import { draggedKind, type Kind } from "./palette";
import { useWordsOfCanvas } from "./words";

const NODE_TYPES = { card: NodeCard, note: NoteCard };
const NO_LINKS: Link[] = [];
const LINKS = { markerEnd: { type: MarkerType.ArrowClosed, width: 18, height: 18 } };
/** Where a box is drawn by the left button, the canvas is moved by the others. */
const OTHER_BUTTONS = [1, 2];
const MANY_KEYS = ["Shift", "Control", "Meta"];

interface CanvasProps {
  /** Whether somebody edits; otherwise nothing changes, whatever they do (ED-1). */
  isEditing: boolean;
  isDark: boolean;
  /** Whether dragging the canvas draws a box that chooses what is in it, as it does with the shift key. */
  isBoxing: boolean;
  /** Add a node of a kind there, and open it. */
  add: (kind: Kind, at: At) => void;
  open: (id: string) => void;
  /** It is there, and can be moved. */
  arrived: () => void;
}

/** The scenario as nodes and links (ED-1). Places are kept here while nodes are dragged, and in the scenario afterwards. */
export function Canvas({ isEditing, isDark, isBoxing, add, open, arrived }: CanvasProps) {
  const { t } = useTranslation();
  const flow = useReactFlow();
  const editor = useEditorStore();
  const scenario = useEditor((state) => state.scenario);
  const edit = useEditor((state) => state.edit);
  const isNarrow = useMediaQuery("(max-width: 599px)");
  const [nodes, change] = useNodes();
  const links = useLitLinks(useMemo(() => linksOf(scenario), [scenario]));
  const standing = useStanding(scenario);
  const { isFar, shown, point, setMoving } = useDistance(nodes);
  const { arrive, fit } = useArrival();
  const box = useBox(isFar ? nodes : null);
  const words = useWordsOfCanvas();
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
  return (
    <StandingProvider value={standing}>
      <ReactFlow
        nodes={shown}
        edges={isFar ? NO_LINKS : links}
        edgeTypes={LINK_TYPES}
        nodeTypes={NODE_TYPES}
        onNodesChange={change}
        onConnect={link}
        onDrop={drop}
        onDragOver={(event) => draggedKind(event) && event.preventDefault()}
        onPaneMouseMove={bringToHand}
        onMoveStart={() => setMoving(true)}
        onMoveEnd={() => setMoving(false)}
        onNodeDoubleClick={(_, { id, type }) => type === "card" && open(id)}
        onNodeClick={({ shiftKey, ctrlKey, metaKey }, { id, type }) => {
          if (shiftKey || ctrlKey || metaKey) leaveField(); // the keys mean what is chosen from now on
          else if (type === "card" && editor.getState().chosen.length <= 1) open(id);
        }}
        selectionOnDrag={isBoxing}
        selectionMode={SelectionMode.Partial}
        panOnDrag={isBoxing ? OTHER_BUTTONS : true}
        onSelectionStart={box.begin}
        onSelectionEnd={box.end}
        multiSelectionKeyCode={MANY_KEYS}
        nodesDraggable={isEditing}
        nodesConnectable={isEditing}
        deleteKeyCode={null}
        colorMode={isDark ? "dark" : "light"}
        onlyRenderVisibleElements
        minZoom={0.05}
        snapToGrid
        snapGrid={[GRID, GRID]}
        onInit={() => void arrive().then(arrived)}
        defaultEdgeOptions={LINKS}
        defaultMarkerColor={null}
        aria-label={t("canvas.label")}
        ariaLabelConfig={words}
        proOptions={{ hideAttribution: false }}
      >
        <Background gap={GRID} />
        <Controls showInteractive={false} showFitView={false} aria-label={t("canvas.zoom")}>
          <ControlButton className="react-flow__controls-fitview" onClick={fit} title={t("canvas.fit")} aria-label={t("canvas.fit")}>
            <FitScreen />
          </ControlButton>
        </Controls>
        {isEditing && <ArrangeBar />}
        {isFar && <Overview nodes={nodes} links={links} isDark={isDark} />}
        {!isNarrow && <Minimap isDark={isDark} />}
      </ReactFlow>
    </StandingProvider>
  );
}

const leaveField = () => document.activeElement instanceof HTMLElement && document.activeElement.closest("aside") && document.activeElement.blur();
