import { describe, expect, it } from "vitest";
import { paceAt, indexOfDragged, withinList } from "./dragging";
import { placed } from "./moved";

/** Three of a list, the one in the middle much higher. */
const boxes = [
  { top: 0, bottom: 40, height: 40 },
  { top: 50, bottom: 250, height: 200 },
  { top: 260, bottom: 300, height: 40 },
];

describe("an item that is dragged", () => {
  it.each([
    [0, 0, 0],
    [0, 100, 0], // its lower edge is above the middle of the high one
    [0, 120, 1],
    [0, 250, 2],
    [1, -40, 0], // its upper edge has passed the middle of the first one
    [1, 40, 2],
    [2, -100, 2],
    [2, -120, 1],
    [2, -900, 0],
  ])("%i by %i pixels is at %i", (from, by, to) => expect(indexOfDragged(boxes, from, by)).toBe(to));

  it.each([
    [0, 900, 260],
    [1, 30, 30],
    [1, -900, -50],
  ])("%i by %i pixels goes by %i: it stays within the list", (from, by, most) => {
    expect(withinList(boxes, from, by)).toBe(most);
    expect(indexOfDragged(boxes, from, most)).toBe(indexOfDragged(boxes, from, by));
  });

  it("takes its place; the others keep their order", () => {
    expect(placed(["a", "b", "c", "d"], 0, 2)).toEqual(["b", "c", "a", "d"]);
    expect(placed(["a", "b", "c", "d"], 3, 1)).toEqual(["a", "d", "b", "c"]);
  });
});

it.each([
  [100, -8], // at the upper end of what is seen
  [139, -8],
  [140, 0],
  [360, 0],
  [361, 8],
  [900, 8],
])("where the pointer is at %i the list is scrolled by %i with each frame", (at, pace) => expect(paceAt(at, 100, 400)).toBe(pace));
