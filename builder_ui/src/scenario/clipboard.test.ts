import { describe, expect, it } from "vitest";
import { clipOf, copied, middleOf, paste } from "./clipboard";
import type { Scenario } from "./model";

const scenario: Scenario = {
  format: "botflow.scenario/1",
  id: "s",
  name: "S",
  channel: "sms",
  language: "en",
  nodes: [
    { id: "a", kind: "action", role: "start", step: { type: "reset" }, next: ["b", "c"] },
    { id: "b", kind: "action", role: "failover", step: { type: "reset" }, next: ["a"] },
    { id: "c", kind: "condition", type: "expression", label: "", branches: [{ id: "x", label: "", expression: "true", next: ["a", "b"] }], else: { label: "", next: ["c"] } },
  ],
  layout: { nodes: { a: [0, 0], b: [100, 0] } },
};
const empty: Scenario = { ...scenario, nodes: [], layout: { nodes: {} } };

describe("copied nodes", () => {
  it("come back elsewhere as they were, with their links", () => {
    const { scenario: pasted, ids } = paste(empty, clipOf(copied(scenario, new Set(["a", "b", "c"])))!, [0, 0]);
    expect(ids).toEqual(["a", "b", "c"]);
    expect(pasted.nodes).toEqual(scenario.nodes);
  });

  it("are new ones in the same chatbot, without its roles, and linked among themselves only", () => {
    const { scenario: pasted, ids } = paste(scenario, clipOf(copied(scenario, new Set(["a", "b"])))!, [40, 40]);
    expect(ids).toEqual(["a_2", "b_2"]);
    expect(pasted.nodes.slice(3)).toEqual([
      { id: "a_2", kind: "action", step: { type: "reset" }, next: ["b_2"] },
      { id: "b_2", kind: "action", step: { type: "reset" }, next: ["a_2"] },
    ]);
    expect(pasted.layout?.nodes).toMatchObject({ a_2: [40, 40], b_2: [140, 40] });
  });

  it("bring the notes that were copied with them, as notes of their own", () => {
    const noted: Scenario = { ...scenario, layout: { nodes: { a: [0, 0] }, notes: [{ id: "note", text: "Ask Maria", at: [10, 20] }, { id: "note_2", text: "No", at: [0, 0] }] } };
    const clip = clipOf(copied(noted, new Set(["a"]), new Set(["note"])))!;
    const { scenario: pasted, notes } = paste(noted, clip, [40, 40]);
    expect(notes).toEqual(["note_3"]);
    expect(pasted.layout?.notes?.slice(2)).toEqual([{ id: "note_3", text: "Ask Maria", at: [50, 60] }]);
  });

  it("may be notes alone, and leave out what is no note", () => {
    const notes = [{ id: "n", text: "Hello", at: [5, 5] }, { id: "x", text: 5 }, null];
    const clip = clipOf(JSON.stringify({ format: "botflow.nodes/1", nodes: [], notes }))!;
    expect(middleOf(clip)).toEqual([5, 5]);
    expect(paste(empty, clip, [1, 1]).scenario.layout).toEqual({ nodes: {}, notes: [{ id: "note", text: "Hello", at: [6, 6] }] });
  });

  it("come also without places, with odd ids, and with places that are none", () => {
    const nodes = ["__proto__", "constructor", "far"].map((id) => ({ id, kind: "action", step: { type: "reset" } }));
    for (const layout of [undefined, 5, { far: [1e300, 0], constructor: "x" }]) {
      const clip = clipOf(JSON.stringify({ format: "botflow.nodes/1", nodes, layout }))!;
      expect(paste(empty, clip, middleOf(clip)).ids).toEqual(["__proto__", "constructor", "far"]);
    }
  });

  it.each(["", "{", "[]", '{"nodes": []}', '{"format": "botflow.nodes/1"}', "null"])("are not what %j says", (text) => {
    expect(clipOf(text)).toBeNull();
  });
});
