import type { At, Scenario } from "../scenario/model";
import { boxesOf } from "./elements";
import { GRID, WIDTH } from "./geometry";

const BESIDE = 340;
/** Room between a new node and those above and below. */
const BETWEEN = 40;

/** To the right of a node, and as far down as there is room for something of this height. */
export function placeAfter(scenario: Scenario, id: string, height: number): At {
  const places = boxesOf(scenario);
  const beside = places.find((box) => box.id === id) ?? { x: 0, y: 0 };
  const left = beside.x + BESIDE;
  let top = beside.y;
  const column = places.filter(({ x }) => Math.abs(x - left) < WIDTH).sort((one, other) => one.y - other.y);
  for (const { y, height: taken } of column) {
    const isInTheWay = y < top + height + BETWEEN && y + taken + BETWEEN > top;
    if (isInTheWay) top = Math.ceil((y + taken + BETWEEN) / GRID) * GRID;
  }
  return [left, top];
}
