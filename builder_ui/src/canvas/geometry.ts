import { buttonsOf } from "../messages/buttons";
import { type Action, exitsOf, isAction, type Node } from "../scenario/model";

/** Sizes of a node on the canvas, in its pixels. React Flow is told them, so that it need not measure each node. */
export const WIDTH = 260;
/** Places are multiples of it. */
export const GRID = 20;
export const HEADER = 40;
export const SUMMARY = 44;
export const ROW = 30;
export const HANDLE = 14;
/** What the "+" takes beside a node. */
export const GROW_ROOM = 40;

/** What the buttons of a message take. */
export const BUTTONS = 28;

export const heightOf = (node: Node) => HEADER + (isAction(node) ? SUMMARY + (saidButtons(node).length > 0 ? BUTTONS : 0) : exitsOf(node).length * ROW);

/** What a node may take once it is written: a step that sends something may get buttons. */
export const roomOf = (node: Node) => (isAction(node) && "content" in node.step ? HEADER + SUMMARY + BUTTONS : heightOf(node));

/** What the buttons say of the message that a step sends. */
export const saidButtons = ({ step }: Action): string[] => ("content" in step ? buttonsOf(step.content) : []);

/** The middle of the outlet with this number, from the top of the node. */
export const outletTop = (node: Node, index: number) => (isAction(node) ? HEADER + SUMMARY / 2 : HEADER + index * ROW + ROW / 2);

export const NOTE_WIDTH = 220;
const NOTE_LINE = 18;
const NOTE_PADDING = 22;
const LETTERS = 30;
const NOTE_LINES = [2, 12] as const;

/** As high as its text needs, about; a long one is scrolled. */
export function heightOfNote(text: string): number {
  const lines = text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / LETTERS)), 0);
  return NOTE_PADDING + NOTE_LINE * Math.min(Math.max(lines, NOTE_LINES[0]), NOTE_LINES[1]);
}
