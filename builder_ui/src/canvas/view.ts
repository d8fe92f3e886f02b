/** A part of the canvas, in pixels of the screen. */
export interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Shift {
  x: number;
  y: number;
}

/**
 * How far something has to be moved to be seen: within the room, and with nothing before it. It is the shortest way there;
 * where there is none, it comes into the room at least. What does not fit shows where it begins.
 */
export function shiftToSee(area: Area, room: Area, covers: readonly Area[]): Shift {
  const into = { x: inward(area.left, area.right, room.left, room.right), y: inward(area.top, area.bottom, room.top, room.bottom) };
  const isWithin = ({ left, right, top, bottom }: Area) => inward(left, right, room.left, room.right) === 0 && inward(top, bottom, room.top, room.bottom) === 0;
  const isSeen = (shift: Shift) => isWithin(moved(area, shift)) && !covers.some((cover) => overlap(moved(area, shift), cover));
  const xs = [into.x, ...covers.flatMap(({ left, right }) => [left - area.right, right - area.left])];
  const ys = [into.y, ...covers.flatMap(({ top, bottom }) => [top - area.bottom, bottom - area.top])];
  const seen = xs.flatMap((x) => ys.map((y) => ({ x, y }))).filter(isSeen);
  return seen.toSorted((one, other) => lengthOf(one) - lengthOf(other))[0] ?? into;
}

const lengthOf = ({ x, y }: Shift) => Math.abs(x) + Math.abs(y);
const moved = ({ left, top, right, bottom }: Area, { x, y }: Shift): Area => ({ left: left + x, right: right + x, top: top + y, bottom: bottom + y });
const overlap = (one: Area, other: Area) => one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;

/** How far a length has to be moved to be between two ends; one that is too long has its begin there. */
function inward(from: number, to: number, least: number, most: number): number {
  if (from < least) return least - from;
  return to > most ? Math.max(most - to, least - from) : 0;
}
