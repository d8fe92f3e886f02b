import { describe, expect, it } from "vitest";
import type { Scenario } from "../../scenario/model";
import { elementsOf } from "../elements";
import { within } from "./box";

const nodes: Scenario["nodes"] = ["a", "b"].map((id) => ({ id, kind: "action" as const, step: { type: "reset" as const } }));
const layout = { nodes: { a: [0, 0] as [number, number], b: [400, 400] as [number, number] }, notes: [{ id: "n", text: "", at: [0, 400] as [number, number] }] };
const scenario: Scenario = { format: "botflow.scenario/1", id: "s", name: "S", channel: "sms", language: "en", nodes, layout };

describe("a box that is drawn from far away", () => {
  it.each([
    [{ x: -10, y: -10 }, { x: 10, y: 10 }, ["a"]],
    [{ x: 500, y: 500 }, { x: 230, y: 50 }, ["a", "b"]], // from the lower right
    [{ x: -10, y: 300 }, { x: 500, y: 420 }, ["note n", "b"]],
    [{ x: 300, y: 0 }, { x: 380, y: 380 }, []],
  ])("from %j to %j has %j in it", (one, other, ids) => expect(within(elementsOf(scenario, []), one, other)).toEqual(ids));
});
