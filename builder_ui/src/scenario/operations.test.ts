import { describe, expect, it } from "vitest";
import type { Scenario } from "./model";
import { exitsOf, isDrawable, placeIn } from "./model";
import { addNode, changeNode, connect, disconnect, freshId, giveRole, isFinish, moveNodes, removeNodes } from "./operations";

const SAY = { type: "reset" } as const;
const scenario: Scenario = {
  format: "botflow.scenario/1",
  id: "s",
  name: "S",
  channel: "webchat",
  language: "en",
  nodes: [
    { id: "a", kind: "action", role: "start", step: SAY, next: ["c"] },
    {
      id: "c",
      kind: "condition",
      type: "user_response",
      label: "",
      branches: [
        { id: "yes", label: "Yes", patterns: ["y"], next: ["b", "a"] },
        { id: "no", label: "No", patterns: ["n"] },
      ],
      else: { label: "Else", next: ["a"] },
    },
    { id: "b", kind: "action", step: SAY, "x-mine": 1 },
  ],
  layout: { nodes: { a: [0, 0], b: [10, 20] }, notes: [{ id: "n", text: "hi", at: [1, 2] }] },
};
const node = (from: Scenario, id: string) => from.nodes.find((one) => one.id === id)!;
const next = (from: Scenario, id: string, handle: string) => exitsOf(node(from, id)).find((exit) => exit.handle === handle)?.next;

describe("links", () => {
  it.each([
    ["a", "next", "b", ["c", "b"]],
    ["c", "branch:no", "b", ["b"]],
    ["c", "else", "c", ["a", "c"]],
  ])("from %s %s to %s", (from, handle, to, leads) => {
    expect(next(connect(scenario, { node: from, handle }, to), from, handle)).toEqual(leads);
  });

  it.each([
    ["a", "next", "c"],
    ["a", "next", "nowhere"],
    ["a", "branch:x", "b"],
    ["nobody", "next", "b"],
  ])("from %s %s to %s changes nothing", (from, handle, to) => {
    expect(connect(scenario, { node: from, handle }, to)).toBe(scenario);
  });

  it("are taken away, and an empty list is left out", () => {
    const without = disconnect(scenario, { node: "a", handle: "next" }, "c");
    expect(node(without, "a")).toEqual({ id: "a", kind: "action", role: "start", step: SAY });
    expect(next(disconnect(scenario, { node: "c", handle: "branch:yes" }, "b"), "c", "branch:yes")).toEqual(["a"]);
  });

  it("to what is removed go with it", () => {
    const left = removeNodes(scenario, new Set(["a"]));
    expect(left.nodes.map(({ id }) => id)).toEqual(["c", "b"]);
    expect(next(left, "c", "branch:yes")).toEqual(["b"]);
    expect(next(left, "c", "else")).toEqual([]);
    expect(left.layout).toEqual({ nodes: { b: [10, 20] }, notes: scenario.layout!.notes });
    expect(node(left, "b")).toBe(node(scenario, "b"));
  });
});

describe("nodes", () => {
  it("are added where they stand, on whole numbers", () => {
    const grown = addNode(scenario, { id: "d", kind: "action", step: SAY }, [3.4, 5.6]);
    expect(grown.layout?.nodes?.d).toEqual([3, 6]);
    expect(grown.nodes.slice(0, 3)).toEqual(scenario.nodes);
  });

  it("are moved without a change of anything else", () => {
    const moved = moveNodes(scenario, { a: [7, 8] });
    expect(moved.layout?.nodes).toEqual({ a: [7, 8], b: [10, 20] });
    expect(moved.nodes).toBe(scenario.nodes);
  });

  it("keep what nobody here knows", () => {
    expect(node(changeNode(scenario, "b", (one) => ({ ...one, label: "B" })), "b")).toMatchObject({ "x-mine": 1, label: "B" });
  });

  it("give a special role up to another one", () => {
    const changed = giveRole(scenario, "b", "start");
    expect(node(changed, "b").role).toBe("start");
    expect(node(changed, "a")).not.toHaveProperty("role");
    expect(giveRole(changed, "b", "regular").nodes.some((one) => one.role)).toBe(false);
  });

  it("get ids that nobody has", () => {
    expect(freshId(["ask", "ask_2"], "ask")).toBe("ask_3");
    expect(freshId([], "ask")).toBe("ask");
  });

  it("are finishes when they say so, until something follows them", () => {
    const ended = changeNode(scenario, "b", (one) => ({ ...one, final: true }) as typeof one);
    expect(ended.nodes.map(isFinish)).toEqual([false, false, true]);
    expect(connect(ended, { node: "b", handle: "next" }, "a").nodes.map(isFinish)).toEqual([false, false, false]);
  });
});

describe("where a node stands", () => {
  it.each([
    [{ a: [1, 2] }, "a", [1, 2]],
    [{ a: [1, 2] }, "constructor", null],
    [{ a: 5 }, "a", null],
    [{ a: [1, "2"] }, "a", null],
    [{ a: [1e20, 0] }, "a", null],
    [5, "a", null],
    [undefined, "a", null],
  ])("%j of %s: %j", (nodes, id, place) => expect(placeIn({ nodes } as never, id)).toEqual(place));
});

describe("what can be drawn", () => {
  it.each([
    [scenario, true],
    [{ nodes: [] }, true],
    [{}, false],
    [null, false],
    [{ nodes: [{ id: 1, kind: "action" }] }, false],
    [{ nodes: [{ id: "a", kind: "action" }] }, false],
    [{ nodes: [{ id: "a", kind: "condition", branches: [{}] }] }, false],
    [{ nodes: [scenario.nodes[0], scenario.nodes[0]] }, false],
    [{ nodes: [{ ...scenario.nodes[0], label: { a: 1 } }] }, false],
    [{ nodes: [{ ...scenario.nodes[0], next: 5 }] }, false],
    [{ nodes: [{ ...scenario.nodes[0], next: "abc" }] }, false],
    [{ nodes: [{ ...scenario.nodes[0], step: { type: 5 } }] }, false],
    [{ nodes: [{ ...scenario.nodes[1], branches: [{ id: "b", next: 5 }] }] }, false],
    [{ nodes: [{ ...scenario.nodes[1], branches: [{ id: "b", patterns: "a" }] }] }, false],
    [{ nodes: [{ ...scenario.nodes[1], else: { next: 5 } }] }, false],
    [{ nodes: [{ ...scenario.nodes[1], branches: undefined, else: null }] }, true],
    [{ nodes: [{ ...scenario.nodes[0], id: "constructor", step: { type: "constructor" } }], layout: { nodes: 5 } }, true],
  ])("%#", (document, drawable) => expect(isDrawable(document)).toBe(drawable));
});
