import { describe, expect, it } from "vitest";
import { leadsBack, type Point, rounded, routeBack, standingOf } from "./route";

const box = (x: number, y: number, height: number) => ({ x, y, width: 260, height });
const START = box(0, 0, 84);
const ASKED = box(340, 0, 130);
const FROM = { x: 607, y: 115 };
const TO = { x: -7, y: 20 };

/** The part of the way that runs back. */
const laneOf = (way: readonly Point[]) => way[2]!.y;

describe("a link that leads back", () => {
  it("is one whose end is left of where it begins", () => {
    expect(leadsBack(FROM, TO)).toBe(true);
    expect(leadsBack(TO, FROM)).toBe(false);
  });

  it("runs out to the right, below both steps, and in from the left", () =>
    expect(routeBack(FROM, TO, standingOf([START, ASKED]))).toEqual([FROM, { x: 631, y: 115 }, { x: 631, y: 150 }, { x: -31, y: 150 }, { x: -31, y: 20 }, TO]));

  it.each([
    ["beside a step that stands between them and is higher", [START, ASKED, box(170, 0, 300)], -20],
    ["through the gap between steps below each other", [START, ASKED, box(170, 170, 300)], 150],
    ["through the middle of a narrow gap", [START, ASKED, box(170, 142, 300)], 136],
    ["past a gap that is too narrow, above them if that is the shorter way", [START, ASKED, box(170, 136, 300)], -20],
    ["behind steps rather than far from its own", [START, ASKED, box(170, -500, 1500)], -220],
    ["as if steps further on were not there", [START, ASKED, box(700, 100, 300)], 150],
    ["anywhere, where no step is known", [], 135],
  ])("runs %s", (_, boxes, lane) => expect(laneOf(routeBack(FROM, TO, standingOf(boxes)))).toBe(lane));

  it("of a step to the one right above it runs between them", () =>
    expect(laneOf(routeBack({ x: 267, y: 222 }, { x: -7, y: 20 }, standingOf([START, box(0, 200, 84)])))).toBe(180));
});

describe("where steps stand", () => {
  const before = standingOf([ASKED, START]);
  it("is the same value until one stands elsewhere, is higher, or is gone", () => {
    expect(standingOf([{ ...ASKED }, START], before)).toBe(before);
    for (const boxes of [[START], [ASKED, box(0, 1, 84)], [ASKED, box(0, 0, 112)]]) expect(standingOf(boxes, before)).not.toBe(before);
  });
});

it("corners are round as far as there is room", () =>
  expect(rounded([{ x: 0, y: 0 }, { x: 40, y: 0 }, { x: 40, y: 10 }, { x: 90, y: 10 }])).toBe("M0 0L35 0Q40 0 40 5L40 5Q40 10 45 10L90 10"));
