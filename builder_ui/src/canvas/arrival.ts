import { useReactFlow } from "@xyflow/react";
import { type Scenario, roleOf } from "../scenario/model";
import { useEditorStore } from "./editor";
import { boundsOf } from "./elements";
import { MAP } from "./overview/map";
import { READABLE } from "./sight";

/** Smaller than this nobody sees what is what. */
const SMALLEST = 0.25;
/** Where the first step stands when one comes to a scenario that is too large to be read as a whole: a share of the canvas. */
const BEGIN = { x: 0.15, y: 0.3 };

/** What is seen first, and how to see all. */
export function useArrival(): { arrive: () => Promise<unknown>; fit: () => void } {
  const flow = useReactFlow();
  const editor = useEditorStore();
  const fitAll = async () => {
    const bounds = boundsOf(editor.getState().scenario);
    await flow.fitBounds(bounds);
    const map = document.querySelector(`#${MAP}`)?.getBoundingClientRect();
    if (map && covers(map)) await flow.fitBounds({ ...bounds, height: bounds.height + map.height / flow.getZoom() });
    if (flow.getZoom() > 1) await flow.zoomTo(1);
  };
  const covers = ({ left, top, width, height }: DOMRect) => {
    const zoom = flow.getZoom();
    const corner = flow.screenToFlowPosition({ x: left, y: top }, { snapToGrid: false });
    return flow.getIntersectingNodes({ ...corner, width: width / zoom, height: height / zoom }).length > 0;
  };
  const fit = () => void fitAll();
  const arrive = () => {
    const { scenario } = editor.getState();
    const canvas = document.querySelector(".react-flow")!.getBoundingClientRect();
    const { width, height } = boundsOf(scenario);
    if (Math.min(canvas.width / width, canvas.height / height) >= SMALLEST) return fitAll();
    const { x, y } = boundsOf(scenario, beginOf(scenario));
    return flow.setViewport({ x: canvas.width * BEGIN.x - x * READABLE, y: canvas.height * BEGIN.y - y * READABLE, zoom: READABLE });
  };
  return { arrive, fit };
}

/** The id of the scenario's first step. */
const beginOf = ({ nodes }: Scenario) => (nodes.find((node) => roleOf(node) === "start") ?? nodes[0])?.id;
