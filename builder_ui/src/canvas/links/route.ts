import type { Rect } from "@xyflow/react";

export interface Point {
  x: number;
  y: number;
}

/** How far a link runs out of a step, and into one, before it turns. */
const OUT = 24;
/** What a link that goes around a step leaves free, where there is room. */
const CLEAR = 20;
/** What it leaves free at least; a gap without it is none. */
const LEAST = 4;
/** How far a link goes above and below its ends at most: further off it is not drawn, as neither of its steps is in sight. */
const REACH = 240;
const RADIUS = 12;

/** Where steps stand, made ready for many links to find their ways. */
export interface Standing {
  boxes: readonly Rect[];
  fromTop: readonly Rect[];
  tallest: number;
}

/** The one before, where nothing stands elsewhere: links keep their ways then. */
export function standingOf(boxes: readonly Rect[], before?: Standing | null): Standing {
  if (before && boxes.length === before.boxes.length && boxes.every((box, index) => isSame(box, before.boxes[index]!))) return before;
  const tallest = boxes.reduce((most, { height }) => Math.max(most, height), 0);
  return { boxes, fromTop: boxes.toSorted((one, other) => one.y - other.y), tallest };
}

const isSame = (one: Rect, other: Rect) => one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;

/** Whether a link leads back: a curve would run behind both steps. */
export const leadsBack = (from: Point, to: Point): boolean => to.x < from.x;

/** The corners of a link that leads back: out of the step, along a lane that no step stands in, and into the other step. */
export function routeBack(from: Point, to: Point, standing: Standing): Point[] {
  const [left, right] = [to.x - OUT, from.x + OUT];
  const [top, bottom] = [Math.min(from.y, to.y) - REACH, Math.max(from.y, to.y) + REACH];
  const boxes = boxesIn(standing, { left, right, top: top - CLEAR, bottom: bottom + CLEAR });
  const lane = Math.min(bottom, Math.max(top, laneOf(from.y, to.y, boxes)));
  return [from, { x: right, y: from.y }, { x: right, y: lane }, { x: left, y: lane }, { x: left, y: to.y }, to];
}

/** The steps that stand in a part of the canvas, from top to bottom. */
function boxesIn({ fromTop, tallest }: Standing, { left, right, top, bottom }: Record<"left" | "right" | "top" | "bottom", number>): Rect[] {
  const found: Rect[] = [];
  for (let index = firstBelow(fromTop, top - tallest); index < fromTop.length && fromTop[index]!.y < bottom; index++) {
    const box = fromTop[index]!;
    if (box.x < right && box.x + box.width > left && box.y + box.height > top) found.push(box);
  }
  return found;
}

function firstBelow(fromTop: readonly Rect[], height: number): number {
  let [low, high] = [0, fromTop.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fromTop[middle]!.y < height) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The height between the steps that makes the shortest way; of two the lower one, as outlets are low in a step. */
function laneOf(from: number, to: number, boxes: readonly Rect[]): number {
  const length = (lane: number) => Math.abs(lane - from) + Math.abs(lane - to);
  return lanesBetween(boxes).reduce((best, lane) => (length(lane) <= length(best) ? lane : best), boxes[0] ? boxes[0].y - CLEAR : Math.max(from, to) + CLEAR);
}

/** The heights where a link has room: along both sides of each gap, in the middle of a narrow one, and below all. */
function lanesBetween(boxes: readonly Rect[]): number[] {
  const lanes: number[] = [];
  let bottom: number | null = null;
  for (const { y, height } of boxes) {
    const clear: number = bottom === null ? 0 : Math.min(CLEAR, (y - bottom) / 2);
    if (bottom !== null && clear >= LEAST) lanes.push(bottom + clear, y - clear);
    bottom = Math.max(bottom ?? -Infinity, y + height);
  }
  return bottom === null ? lanes : [...lanes, bottom + CLEAR];
}

/** A path along corners, which are round. */
export function rounded([begin, ...corners]: readonly Point[]): string {
  let path = `M${begin!.x} ${begin!.y}`;
  let before = begin!;
  corners.forEach((corner, index) => {
    const after = corners[index + 1];
    if (!after) path += `L${corner.x} ${corner.y}`;
    else {
      const [enter, leave] = [towards(corner, before, after), towards(corner, after, before)];
      path += `L${enter.x} ${enter.y}Q${corner.x} ${corner.y} ${leave.x} ${leave.y}`;
    }
    before = corner;
  });
  return path;
}

/** The point near a corner on the way to another one, as far as the shorter of its two ways has room. */
function towards(corner: Point, to: Point, other: Point): Point {
  const far = Math.hypot(to.x - corner.x, to.y - corner.y);
  const near = Math.min(RADIUS, far / 2, Math.hypot(other.x - corner.x, other.y - corner.y) / 2);
  const share = far === 0 ? 0 : near / far;
  return { x: corner.x + (to.x - corner.x) * share, y: corner.y + (to.y - corner.y) * share };
}
