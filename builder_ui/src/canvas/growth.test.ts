import { describe, expect, it } from "vitest";
import type { Scenario } from "../scenario/model";
import type { MakeName } from "../steps/names";
import { grow, growAfter } from "./growth";

const nameFor: MakeName = (_, what) => what;
const empty: Scenario = { format: "botflow.scenario/1", id: "s", name: "S", channel: "webchat", language: "en", nodes: [] };

describe("a new node", () => {
  it("is the start when it is the first action, and an ordinary one otherwise", () => {
    const first = grow(empty, "action", [1, 2], nameFor);
    const second = grow(first.scenario, "action", [1, 2], nameFor);
    expect(second.scenario.nodes.map(({ id, role }) => [id, role])).toEqual([
      ["message", "start"],
      ["message_2", undefined],
    ]);
    expect(first.scenario.layout?.nodes).toEqual({ message: [1, 2] });
  });

  it("stands beside where the other one is drawn, though the layout says nonsense", () => {
    const far: Scenario = { ...empty, nodes: [{ id: "a", kind: "action", role: "start", step: { type: "reset" } }], layout: { nodes: { a: [1e20, 1e20] } } };
    expect(growAfter(far, "a", "action", nameFor).scenario.layout?.nodes?.message).toEqual([420, 80]);
  });

  it("that is a condition after a message with buttons has their branches, and is kept in step with them", () => {
    const content = { type: "text", text: "Size?", suggestions: [{ id: "s", type: "reply", text: "Small" }] };
    const asks: Scenario = { ...empty, nodes: [{ id: "a", kind: "action", role: "start", final: true, step: { type: "static_message", content } }] };
    const { scenario, id } = growAfter(asks, "a", "condition", nameFor, "next");
    expect(scenario.nodes).toMatchObject([
      { next: [id], step: { reply_conditions: true } },
      { id, branches: [{ label: "Small", patterns: ["^Small$"], suggestion: "s" }] },
    ]);
    expect(growAfter(scenario, id, "action", nameFor).scenario.nodes[1]).toMatchObject({ branches: [{ next: ["message"] }] });
  });

  it("after another one is linked from it, to its right, and not upon what stands there", () => {
    const first = grow(empty, "action", [0, 0], nameFor);
    const second = growAfter(first.scenario, "message", "condition", nameFor);
    const third = growAfter(second.scenario, "message", "action", nameFor);
    expect(second.scenario.nodes[0]!.next).toEqual(["reply"]);
    expect(third.scenario.nodes[0]!.next).toEqual(["reply"]);
    expect(third.scenario.layout?.nodes).toEqual({ message: [0, 0], reply: [340, 0], message_2: [340, 140] });
    expect(growAfter(third.scenario, "reply", "action", nameFor).scenario.nodes[1]).toMatchObject({ branches: [{ next: ["message_3"] }] });
  });

  it("stands where there is room though one of the two messages gets buttons", () => {
    const first = grow(empty, "action", [0, 0], nameFor).scenario;
    const second = growAfter(first, "message", "action", nameFor).scenario;
    const { scenario } = growAfter(second, "message", "action", nameFor);
    expect(scenario.layout?.nodes).toEqual({ message: [0, 0], message_2: [340, 0], message_3: [340, 160] });
  });

  it("stands below all of a high one, not upon its lower half", () => {
    const branches = Array.from({ length: 10 }, (_, index) => ({ id: `b${index}`, label: "", patterns: [] }));
    const high = { id: "high", kind: "condition", type: "user_response", branches, else: {} } as unknown as Scenario["nodes"][number];
    const start = grow(empty, "action", [0, 0], nameFor).scenario;
    const scenario = { ...start, nodes: [...start.nodes, high], layout: { nodes: { message: [0, 0] as [number, number], high: [300, -200] as [number, number] } } };
    expect(growAfter(scenario, "message", "action", nameFor).scenario.layout?.nodes?.message_2).toEqual([340, 220]);
  });
});
