import { describe, expect, it } from "vitest";
import type { Scenario } from "../scenario/model";
import { byCount, countedLinks, type NodeFigures } from "./figures";

const scenario = {
  nodes: [
    { id: "ask", kind: "action", step: { type: "reset" }, next: ["size"] },
    { id: "size", kind: "condition", type: "user_response", branches: [{ id: "s", next: ["ask"] }, { id: "l", next: ["ask"] }], else: { next: ["ask"] } },
  ],
} as unknown as Scenario;
const figures = new Map([["size", { branches: { s: 3, "": 2 } } as unknown as NodeFigures]]);

describe("a link", () => {
  it("says how often its branch was taken; one that never was, and one of an action, says nothing", () => {
    expect(countedLinks(scenario, figures).map(({ id, label }) => [id, label])).toEqual([
      ["ask next size", undefined],
      ["size branch:s ask", "3"],
      ["size branch:l ask", undefined],
      ["size else ask", "2"],
    ]);
  });
});

it("reasons come the most frequent first", () => expect(byCount({ stopped: 1, timeout: 5 })).toEqual([["timeout", 5], ["stopped", 1]]));
