import { describe, expect, it } from "vitest";
import type { Scenario } from "../../scenario/model";
import { nodesOf } from "../elements";
import { nodeAt } from "./far";

const nodes: Scenario["nodes"] = ["a", "b"].map((id) => ({ id, kind: "action" as const, step: { type: "reset" as const } }));
const scenario: Scenario = { format: "botflow.scenario/1", id: "s", name: "S", channel: "sms", language: "en", nodes, layout: { nodes: { a: [0, 0], b: [200, 40] } } };

describe("the node at a place", () => {
  it.each([
    [10, 10, "a"],
    [250, 60, "b"],
    [230, 100, "b"],
    [10, 100, null],
    [-1, 10, null],
  ])("%i, %i is %s: of several the one on top", (x, y, id) => expect(nodeAt(nodesOf(scenario, []), x, y)).toBe(id));
});
