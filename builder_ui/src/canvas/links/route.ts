import type { Rect } from "@xyflow/react";

export interface Point {
  x: number;
  y: number;
}

/** How far a link runs out of a step, and into one, before it turns. */
const OUT = 24;
/** What a link that goes around a step leaves free. */
const CLEAR = 20;
const RADIUS = 12;

/** Whether a link leads back: a curve would run behind both steps. */
export const leadsBack = (from: Point, to: Point): boolean => to.x < from.x;

/** The corners of a link that leads back: out of the step, along a lane that no step stands in, and into the other step. */
export function routeBack(from: Point, to: Point, boxes: readonly Rect[]): Point[] {
  const [left, right] = [to.x - OUT, from.x + OUT];
  const lane = laneOf(from.y, to.y, blocksOf(boxes.filter(({ x, width }) => x < right && x + width > left)));
  return [from, { x: right, y: from.y }, { x: right, y: lane }, { x: left, y: lane }, { x: left, y: to.y }, to];
}

/** Where steps stand, from top to bottom, with what is left free around them. */
function blocksOf(boxes: readonly Rect[]): [top: number, bottom: number][] {
  const blocks: [number, number][] = [];
  for (const { y, height } of boxes.toSorted((one, other) => one.y - other.y)) {
    const [top, bottom] = [y - CLEAR, y + height + CLEAR];
    const last = blocks.at(-1);
    if (last && top < last[1]) last[1] = Math.max(last[1], bottom);
    else blocks.push([top, bottom]);
  }
  return blocks;
}

/** The height between the blocks that makes the shortest way; of two the lower one, as outlets are low in a step. */
function laneOf(from: number, to: number, blocks: readonly [number, number][]): number {
  const length = (lane: number) => Math.abs(lane - from) + Math.abs(lane - to);
  return blocks.flat().reduce((best, lane) => (length(lane) <= length(best) ? lane : best), blocks[0]?.[0] ?? Math.max(from, to) + CLEAR);
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
