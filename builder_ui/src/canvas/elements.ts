import { type Edge, type Node as FlowNode, Position, type Rect } from "@xyflow/react";
import { exitsOf, type Node, type Note, type Outlet, placeIn, type Scenario } from "../scenario/model";
import { notesOf } from "../scenario/notes";
import type { Box } from "./arrange";
import { HANDLE, HEADER, heightOf, heightOfNote, NOTE_WIDTH, outletTop, WIDTH } from "./geometry";

export type CardNode = FlowNode<{ node: Node }, "card">;

export type NoteNode = FlowNode<{ note: Note }, "note">;
export type CanvasNode = CardNode | NoteNode;

const STEP = 320;
const NOTE = "note ";

/** Nodes and notes are elements of one canvas: those of notes have a word before their ids. */
export const elementOfNote = (id: string) => NOTE + id;
/** The note of an element; null: it is that of a node. */
export const noteIdOf = (element: string): string | null => (element.startsWith(NOTE) ? element.slice(NOTE.length) : null);

/** The elements of everything that stands on the canvas: notes and nodes. */
export const everythingOf = (scenario: Scenario): string[] => [...notesOf(scenario).map(({ id }) => elementOfNote(id)), ...scenario.nodes.map(({ id }) => id)];

/** What React Flow draws of a scenario. A node that has not changed keeps its element, so that it is not drawn anew. */
export function nodesOf(scenario: Scenario, before: readonly CardNode[]): CardNode[] {
  const kept = new Map(before.map((one) => [one.id, one]));
  return scenario.nodes.map((node, index) => elementOf(node, cornerOf(scenario, node.id, index), kept.get(node.id)));
}

/** Notes and nodes; notes are below. */
export function elementsOf(scenario: Scenario, before: readonly CanvasNode[]): CanvasNode[] {
  const notes = new Map(before.flatMap((one) => (one.type === "note" ? [[one.data.note, one] as const] : [])));
  const made = notesOf(scenario).map((note) => notes.get(note) ?? noteElement(note));
  return [...made, ...nodesOf(scenario, before.filter((one): one is CardNode => one.type === "card"))];
}

const noteElement = (note: Note): NoteNode => ({
  id: elementOfNote(note.id),
  type: "note",
  position: { x: note.at[0], y: note.at[1] },
  data: { note },
  width: NOTE_WIDTH,
  height: heightOfNote(note.text),
});

function cornerOf(scenario: Scenario, id: string, index: number): { x: number; y: number } {
  const [x, y] = placeIn(scenario.layout, id) ?? [80 + (index % 4) * STEP, 80 + Math.floor(index / 4) * STEP];
  return { x, y };
}

/** Where nodes stand, and how much room each takes. */
export const boxesOf = (scenario: Scenario): Box[] =>
  scenario.nodes.map((node, index) => ({ id: node.id, ...cornerOf(scenario, node.id, index), width: WIDTH, height: heightOf(node) }));

/** The part of the canvas where nodes stand, or only one of them; React Flow measures only those that it shows. */
export function boundsOf(scenario: Scenario, only?: string): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  scenario.nodes.forEach((node, index) => {
    if (only !== undefined && node.id !== only) return;
    const { x, y } = cornerOf(scenario, node.id, index);
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + WIDTH), Math.max(bottom, y + heightOf(node))];
  });
  if (left === Infinity) return { x: 0, y: 0, width: WIDTH, height: WIDTH };
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function elementOf(node: Node, position: { x: number; y: number }, before: CardNode | undefined): CardNode {
  if (before?.data.node === node && before.position.x === position.x && before.position.y === position.y) return before;
  return {
    ...before,
    id: node.id,
    type: "card",
    position,
    data: { node },
    width: WIDTH,
    height: heightOf(node),
    handles: [
      { type: "target", position: Position.Left, x: -HANDLE / 2, y: HEADER / 2 - HANDLE / 2, width: HANDLE, height: HANDLE },
      ...exitsOf(node).map(({ handle }, index) => ({
        id: handle,
        type: "source" as const,
        position: Position.Right,
        x: WIDTH - HANDLE / 2,
        y: outletTop(node, index) - HANDLE / 2,
        width: HANDLE,
        height: HANDLE,
      })),
    ],
  };
}

export type Link = Edge<{ from: Outlet; to: string }>;

/** The links of a scenario between nodes that are there. */
export function linksOf(scenario: Scenario): Link[] {
  const ids = new Set(scenario.nodes.map(({ id }) => id));
  return scenario.nodes.flatMap((node) => linksFrom(node).filter(({ target }) => ids.has(target)));
}

const links = new WeakMap<Node, Link[]>();

function linksFrom(node: Node): Link[] {
  let made = links.get(node);
  if (!made) {
    made = exitsOf(node).flatMap(({ handle, next }) => next.map((to) => link({ node: node.id, handle }, to)));
    links.set(node, made);
  }
  return made;
}

const link = (from: Outlet, to: string): Link => ({
  id: `${from.node} ${from.handle} ${to}`,
  source: from.node,
  sourceHandle: from.handle,
  target: to,
  data: { from, to },
});
