import { useReactFlow } from "@xyflow/react";
import { useEffect } from "react";
import { useEditorStore } from "./editor";
import { boundsOf } from "./elements";

/** Room around what is shown, in pixels of the screen: the "+" beside a step stands there. */
const MARGIN = 60;

/** Moves the canvas so that the node whose panel opens beside it stays in view, and what can be pressed at it. */
export function useReveal(opened: string | null): void {
  const flow = useReactFlow();
  const editor = useEditorStore();
  useEffect(() => {
    if (opened === null) return;
    // once the panel has taken its room
    const frame = requestAnimationFrame(() => {
      const canvas = document.querySelector(".react-flow")?.getBoundingClientRect();
      const { scenario } = editor.getState();
      if (!canvas || !scenario.nodes.some(({ id }) => id === opened)) return;
      const { x, y, width, height } = boundsOf(scenario, opened);
      const { x: left, y: top, zoom } = flow.getViewport();
      const dx = hidden(x * zoom + left, width * zoom, canvas.width);
      const dy = hidden(y * zoom + top, height * zoom, roomAbove(canvas));
      if (dx || dy) void flow.setViewport({ x: left - dx, y: top - dy, zoom });
    });
    return () => cancelAnimationFrame(frame);
  }, [opened, flow, editor]);
}

/** How high the canvas is above a panel that covers it from below, as on a phone. */
function roomAbove(canvas: DOMRect): number {
  const sheet = document.querySelector("[data-sheet]:not([hidden])")?.getBoundingClientRect();
  return (sheet && sheet.left <= canvas.left && sheet.top > canvas.top ? sheet.top : canvas.bottom) - canvas.top;
}

/** How far something of a length sticks out of what is seen from 0 to `room`; negative: at the begin. */
function hidden(from: number, length: number, room: number): number {
  if (from < MARGIN) return from - MARGIN;
  return Math.max(0, Math.min(from + length + MARGIN - room, from - MARGIN));
}
