import { describe, expect, it } from "vitest";
import type { Scenario } from "../scenario/model";
import { byNode, compared, told } from "./differences";
import { lines } from "./lines";

const says = { type: "static_message", content: { type: "text", text: "Hello" } };
const action = (id: string, ...next: string[]) => ({ id, kind: "action", step: says, next });
const scenario = (nodes: object[], places: object = {}) => ({ format: "botflow.scenario/1", id: "x", name: "x", channel: "webchat", nodes, layout: { nodes: places } }) as unknown as Scenario;
const change = (kind: string, place: string) => ({ kind, place, before: null, after: null });

describe("two versions as one graph", () => {
  const before = scenario([action("a", "old"), action("old"), action("b")], { a: [0, 0], old: [300, 0] });
  const after = scenario([action("a", "new"), action("new", "b"), action("b")], { a: [10, 10], new: [400, 0] });
  const both = compared(before, after, [change("removed", "node old"), change("changed", "node a: next"), change("added", "node new"), change("changed", "name")]);

  it("has every node of either, each with what became of it", () => {
    expect(Object.fromEntries(both.nodes)).toEqual({ a: "changed", new: "added", b: "rest", old: "removed" });
  });

  it("has them where they stand, and those that are gone where they stood", () => {
    expect(both.scenario.layout?.nodes).toEqual({ a: [10, 10], new: [400, 0], old: [300, 0] });
  });

  it("has every link of either", () => {
    expect(both.links.map(({ source, target, mark }) => `${source} ${target} ${mark}`)).toEqual(["a new added", "new b added", "a old removed"]);
  });
});

it("changes are listed by the step that they are of", () => {
  const found = byNode([change("changed", "name"), change("removed", "node a"), change("changed", "node b: step.content.text"), change("added", "node b: final")]);
  expect(found.map(({ node, changes }) => [node, changes.map(({ field }) => field)])).toEqual([
    ["", ["name"]],
    ["a", [""]],
    ["b", ["step.content.text", "final"]],
  ]);
});

it.each([
  ["text", "text"],
  ["a", "Greet"],
  [["a", "b"], "Greet, b"],
  [{ x: 1 }, '{"x":1}'],
  [null, ""],
  [false, "false"],
])("%j is told as %j", (value, text) => expect(told(value, new Map([["a", "Greet"]]))).toBe(text));

describe("two files line by line", () => {
  const file = (...middle: string[]) => `${["1", "2", "3", "4", "5", ...middle, "6", "7", "8", "9", "10"].join("\n")}\n`;

  it("show what has changed with some lines around it", () => {
    expect(lines(file("old"), file("new")).map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      "hidden 2", "same 3", "same 4", "same 5", "removed old", "added new", "same 6", "same 7", "same 8", "hidden 2",
    ]);
  });

  it("show nothing where nothing has", () => expect(lines(file(), file())).toEqual([]));
});
