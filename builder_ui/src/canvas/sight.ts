import { useReactFlow } from "@xyflow/react";
import { useMemo } from "react";
import { exitsOf, type Scenario } from "../scenario/model";
import { useEditorStore } from "./editor";
import { boundsOf } from "./elements";
import { GROW_ROOM } from "./geometry";
import { MAP } from "./overview/map";
import { type Area, shiftToSee } from "./view";

/** The zoom at which a step is shown that could not be read before. */
export const READABLE = 0.75;
/** Smaller than this, what a step says is not read. */
const SMALLEST = 0.5;
/** Room around what is shown, in pixels of the screen. */
const MARGIN = 8;
/** What stands before the canvas. */
const COVERS = `#${MAP}, .react-flow__controls`;

interface Sight {
  /** Move the canvas so that a step is seen, and what can be pressed at it; not at all where it is. */
  reveal: (id: string) => void;
  /** Bring a step before one's eyes: into the middle if it is not seen, zoomed only if it cannot be read. */
  goTo: (id: string) => Promise<unknown>;
}

/** Moves of the canvas to a step that has to be seen; none while the outline is shown. */
export function useSight(): Sight {
  const flow = useReactFlow();
  const editor = useEditorStore();
  return useMemo(() => {
    const shiftOf = (id: string) => {
      const canvas = canvasOf()!;
      return shiftToSee(areaOf(editor.getState().scenario, id, flow.getViewport()), roomOf(canvas), coversOf(canvas));
    };
    const reveal = (id: string) => {
      if (!canvasOf()) return;
      const { x, y } = shiftOf(id);
      const { x: left, y: top, zoom } = flow.getViewport();
      if (x || y) void flow.setViewport({ x: left + x, y: top + y, zoom });
    };
    const goTo = async (id: string) => {
      if (!canvasOf()) return;
      const shift = shiftOf(id);
      const isReadable = flow.getZoom() >= SMALLEST;
      if (isReadable && !shift.x && !shift.y) return;
      const zoom = isReadable ? flow.getZoom() : READABLE;
      const { x, y, width, height } = boundsOf(editor.getState().scenario, id);
      const { right, bottom } = roomOf(canvasOf()!);
      await flow.setViewport({ x: right / 2 - (x + width / 2) * zoom, y: bottom / 2 - (y + height / 2) * zoom, zoom });
    };
    return { reveal, goTo };
  }, [flow, editor]);
}

/** Where steps are drawn; null: the outline is shown. */
const canvasOf = () => document.querySelector(".react-flow");

/** Where a step is on the screen, with the room for the "+" beside it where something can follow. */
function areaOf(scenario: Scenario, id: string, { x: left, y: top, zoom }: { x: number; y: number; zoom: number }): Area {
  const { x, y, width, height } = boundsOf(scenario, id);
  const node = scenario.nodes.find((one) => one.id === id);
  const beside = node && exitsOf(node).some(({ next }) => next.length === 0) ? GROW_ROOM : 0;
  return {
    left: x * zoom + left - MARGIN,
    top: y * zoom + top - MARGIN,
    right: (x + width + beside) * zoom + left + MARGIN,
    bottom: (y + height) * zoom + top + MARGIN,
  };
}

/** What is seen of the canvas: what a panel leaves that covers it from below, as on a phone. */
function roomOf(canvas: Element): Area {
  const { left, top, right, bottom } = canvas.getBoundingClientRect();
  const sheet = document.querySelector("[data-sheet]:not([hidden])")?.getBoundingClientRect();
  const isBelow = sheet !== undefined && sheet.left <= left && sheet.top > top;
  return { left: 0, top: 0, right: right - left, bottom: (isBelow ? sheet.top : bottom) - top };
}

function coversOf(canvas: Element): Area[] {
  const { left: x, top: y } = canvas.getBoundingClientRect();
  const rects = Array.from(canvas.querySelectorAll(COVERS), (cover) => cover.getBoundingClientRect());
  return rects.map(({ left, top, right, bottom }) => ({ left: left - x, top: top - y, right: right - x, bottom: bottom - y }));
}
