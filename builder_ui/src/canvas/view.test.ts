import { describe, expect, it } from "vitest";
import { shiftToSee } from "./view";

const ROOM = { left: 0, top: 0, right: 600, bottom: 400 };
/** The overview at the lower right, and what zooms at the lower left. */
const COVERS = [
  { left: 400, top: 300, right: 590, bottom: 390 },
  { left: 10, top: 320, right: 40, bottom: 390 },
];
const card = (left: number, top: number) => ({ left, top, right: left + 200, bottom: top + 80 });

describe("a step is moved into view", () => {
  it.each([
    ["not at all where it is seen", card(100, 100), 0, 0],
    ["not at all at the edge", card(400, 0), 0, 0],
    ["from the right, no further than needed", card(500, 100), -100, 0],
    ["from the upper left", card(-30, -20), 30, 20],
    ["out from under the overview, upwards", card(390, 280), 0, -60],
    ["out from under the overview, to the left", card(210, 310), -10, 0],
    ["out from under what zooms", card(20, 310), 20, 0],
    ["from below the overview, beside or above it", card(500, 500), -100, -280],
  ])("%s", (_, area, x, y) => expect(shiftToSee(area, ROOM, COVERS)).toEqual({ x, y }));

  it("shows where it begins if it is larger than the room", () => {
    expect(shiftToSee({ left: 100, top: 100, right: 900, bottom: 200 }, ROOM, [])).toEqual({ x: -100, y: 0 });
    expect(shiftToSee({ left: 0, top: 100, right: 900, bottom: 200 }, ROOM, [])).toEqual({ x: 0, y: 0 });
  });

  it("comes into the room though something is before it everywhere", () => expect(shiftToSee(card(500, 100), ROOM, [ROOM])).toEqual({ x: -100, y: 0 }));
});
