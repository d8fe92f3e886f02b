import { describe, expect, it } from "vitest";
import { ARRANGEMENTS, type Arrangement } from "./arrange";

const boxes = [
  { id: "a", x: 0, y: 10, width: 100, height: 20 },
  { id: "b", x: 300, y: 0, width: 100, height: 60 },
  { id: "c", x: 150, y: 200, width: 100, height: 40 },
];

describe("several steps", () => {
  it.each<[Arrangement, unknown]>([
    ["left", { a: [0, 10], b: [0, 0], c: [0, 200] }],
    ["center", { a: [150, 10], b: [150, 0], c: [150, 200] }],
    ["right", { a: [300, 10], b: [300, 0], c: [300, 200] }],
    ["top", { a: [0, 0], b: [300, 0], c: [150, 0] }],
    ["middle", { a: [0, 110], b: [300, 90], c: [150, 100] }],
    ["bottom", { a: [0, 220], b: [300, 180], c: [150, 200] }],
    ["across", { a: [0, 10], b: [300, 0], c: [150, 200] }],
    ["down", { a: [0, 120], b: [300, 0], c: [150, 200] }],
  ])("are put in order: %s", (name, places) => expect(ARRANGEMENTS[name].places(boxes)).toEqual(places));
});
