import type { At } from "../scenario/model";

/** Something with a place and a size on the canvas. */
export interface Box {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

type Places = Record<string, At>;

const placed = (boxes: readonly Box[], place: (box: Box) => At): Places => Object.fromEntries(boxes.map((box) => [box.id, place(box)]));
const least = (values: number[]) => Math.min(...values);
const most = (values: number[]) => Math.max(...values);
const middle = (values: number[]) => (least(values) + most(values)) / 2;

/** Places with the same room between each two: the first and the last stay. `from`, `size`: along which way. */
function spread(boxes: readonly Box[], from: "x" | "y", size: "width" | "height"): Map<string, number> {
  const order = [...boxes].sort((one, other) => one[from] - other[from]);
  const room = most(order.map((box) => box[from] + box[size])) - order[0]![from] - order.reduce((sum, box) => sum + box[size], 0);
  let next = order[0]![from];
  return new Map(
    order.map((box): [string, number] => {
      const place = next;
      next += box[size] + room / (order.length - 1);
      return [box.id, place];
    }),
  );
}

/** Ways to put several boxes in order, each with how many it takes. */
export const ARRANGEMENTS = {
  left: { least: 2, places: (boxes) => placed(boxes, ({ y }) => [least(boxes.map(({ x }) => x)), y]) },
  center: { least: 2, places: (boxes) => placed(boxes, ({ y, width }) => [middle(boxes.flatMap((box) => [box.x, box.x + box.width])) - width / 2, y]) },
  right: { least: 2, places: (boxes) => placed(boxes, ({ y, width }) => [most(boxes.map((box) => box.x + box.width)) - width, y]) },
  top: { least: 2, places: (boxes) => placed(boxes, ({ x }) => [x, least(boxes.map(({ y }) => y))]) },
  middle: { least: 2, places: (boxes) => placed(boxes, ({ x, height }) => [x, middle(boxes.flatMap((box) => [box.y, box.y + box.height])) - height / 2]) },
  bottom: { least: 2, places: (boxes) => placed(boxes, ({ x, height }) => [x, most(boxes.map((box) => box.y + box.height)) - height]) },
  across: {
    least: 3,
    places: (boxes) => {
      const across = spread(boxes, "x", "width");
      return placed(boxes, ({ id, y }) => [across.get(id)!, y]);
    },
  },
  down: {
    least: 3,
    places: (boxes) => {
      const down = spread(boxes, "y", "height");
      return placed(boxes, ({ id, x }) => [x, down.get(id)!]);
    },
  },
} satisfies Record<string, { least: number; places: (boxes: readonly Box[]) => Places }>;

export type Arrangement = keyof typeof ARRANGEMENTS;
export const ARRANGEMENT_NAMES = Object.keys(ARRANGEMENTS) as Arrangement[];
