import { describe, expect, it } from "vitest";
import { placeOf } from "./dragging";
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
  ])("%i by %i pixels is at %i", (from, by, to) => expect(placeOf(boxes, from, by)).toBe(to));

  it("takes its place; the others keep their order", () => {
    expect(placed(["a", "b", "c", "d"], 0, 2)).toEqual(["b", "c", "a", "d"]);
    expect(placed(["a", "b", "c", "d"], 3, 1)).toEqual(["a", "d", "b", "c"]);
  });
});
