import type { At, Node, Scenario } from "../scenario/model";
import { boxesOf } from "./elements";
import { GRID, roomOf, WIDTH } from "./geometry";

const BESIDE = 340;
/** Room between a new node and those above and below, though one of them grows. */
const BETWEEN = 40;

/** To the right of a node, and as far down as there is room for another one. */
export function placeAfter(scenario: Scenario, id: string, added: Node): At {
  const places = boxesOf(scenario).map((box, index) => ({ ...box, height: roomOf(scenario.nodes[index]!) }));
  const height = roomOf(added);
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
