import { type ReactFlowState, useStore } from "@xyflow/react";
import { useMemo, useState } from "react";
import type { CanvasNode } from "../elements";

/** Below it nobody reads what a step says. */
export const FAR = 0.35;
/** So many steps are drawn one by one, however far away they are. */
const MANY = 100;
/** So many that are chosen can be touched from far away too. */
const MOST_AT_HAND = 20;

const isFarOff = ({ transform: [, , zoom] }: ReactFlowState) => zoom < FAR;

interface Distance {
  /** Whether a picture shows the nodes (Overview). */
  isFar: boolean;
  /** The nodes; those that the picture shows are hidden. */
  shown: CanvasNode[];
  /** The pointer is there: what is under it comes to hand, so that it can be dragged and opened. */
  point: (x: number, y: number) => void;
  /** Whether the canvas is being moved or zoomed. */
  setMoving: (isMoving: boolean) => void;
}

/** From far away React Flow draws only what is at hand: a thousand elements would take seconds, a picture of them takes none. */
export function useDistance(nodes: CanvasNode[]): Distance {
  const [isFar, setMoving] = useIsFar(nodes.length);
  const [pointed, setPointed] = useState<string | null>(null);
  const isFew = useMemo(() => nodes.filter(({ selected }) => selected).length <= MOST_AT_HAND, [nodes]);
  const shown = useMemo(
    () => (isFar ? nodes.map((node) => (node.id === pointed || node.dragging || (isFew && node.selected) ? node : hidden(node))) : nodes),
    [nodes, isFar, isFew, pointed],
  );
  const point = (x: number, y: number) => isFar && setPointed(nodeAt(nodes, x, y));
  return { isFar, shown, point, setMoving };
}

/** From far to near it goes when the canvas rests: elements that come in the middle of a movement would make it stumble. */
function useIsFar(count: number): [boolean, (isMoving: boolean) => void] {
  const wanted = useStore(isFarOff) && count > MANY;
  const [isMoving, setMoving] = useState(false);
  const [isFar, setFar] = useState(wanted);
  if (wanted !== isFar && (wanted || !isMoving)) setFar(wanted);
  return [isFar, setMoving];
}

const hiddenOnes = new WeakMap<CanvasNode, CanvasNode>();

/** The same element each time, so that React Flow keeps what it knows of it. */
function hidden(node: CanvasNode): CanvasNode {
  let made = hiddenOnes.get(node);
  if (!made) hiddenOnes.set(node, (made = { ...node, hidden: true }));
  return made;
}

/** The node at a place; of several the one that is drawn last. */
export function nodeAt(nodes: readonly CanvasNode[], x: number, y: number): string | null {
  const isThere = ({ position, width = 0, height = 0 }: CanvasNode) => x >= position.x && x <= position.x + width && y >= position.y && y <= position.y + height;
  return nodes.findLast(isThere)?.id ?? null;
}
