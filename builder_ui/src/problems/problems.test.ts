import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Schemas } from "../api/client";
import { en } from "../i18n/en";
import type { Scenario } from "../scenario/model";
import { fixOf } from "./fixes";
import { keysOf, replacedAt, without } from "./paths";

const REFERENCE = readFileSync(join(import.meta.dirname, "../../../docs/reference/problems.md"), "utf8");

it("every problem that the runtime can find has words of its own", () => {
  const codes = [...REFERENCE.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, code]) => code);
  expect(Object.keys(en.problem_words).sort()).toEqual(codes.sort());
});

describe("a path of a problem", () => {
  it.each([
    ["", []],
    ["step.content.text", ["step", "content", "text"]],
    ["branches[0].next[12]", ["branches", 0, "next", 12]],
  ])("%j is %j", (path, keys) => expect(keysOf(path)).toEqual(keys));

  it("can be taken out, and everything beside it stays the same", () => {
    const value = { a: [{ b: 1 }, { b: 2, c: 3 }], d: {} };
    const less = without(value, ["a", 1, "b"]);
    expect(less).toEqual({ a: [{ b: 1 }, { c: 3 }], d: {} });
    expect([less.a[0], less.d]).toEqual([value.a[0], value.d]);
    expect(less.a[0]).toBe(value.a[0]);
    expect(without(value, ["a", 0])).toEqual({ a: [{ b: 2, c: 3 }], d: {} });
    expect(without(value, ["a", 5, "b"])).toBe(value);
    expect(replacedAt(value, ["a", 0, "b"], 9)).toEqual({ a: [{ b: 9 }, { b: 2, c: 3 }], d: {} });
  });
});

const problem = (code: string, node: string | null, field = ""): Schemas["ProblemView"] => ({ code, node, field, message: "", severity: "error" });
const scenario = (...nodes: object[]) => ({ format: "botflow.scenario/1", id: "x", name: "x", channel: "webchat", nodes }) as unknown as Scenario;
const says = { type: "static_message", content: { type: "text", text: "Hello" } };
const action = (id: string, rest: object = {}) => ({ id, kind: "action", step: says, ...rest });

describe("what has been put right since the draft was saved is left alone", () => {
  const asks = { id: "a", kind: "condition", type: "user_response" };
  it.each([
    ["no_patterns", "branches[0].patterns", { ...asks, branches: [{ id: "y", label: "Yes", patterns: ["yeah"] }] }],
    ["branch_without_next", "else.next", { ...asks, branches: [], else: { next: ["b"] } }],
    ["dangling_next", "next[0]", action("a", { next: ["b"] })],
    ["dead_end", "next", action("a", { next: ["b"] })],
    ["mixed_next", "branches[1].next[1]", { ...asks, branches: [] }],
    ["duplicate_branch_id", "branches[1].id", { ...asks, branches: [{ id: "y" }, { id: "z" }] }],
  ])("%s", (code, field, node) => expect(fixOf(scenario(node, action("b")), problem(code, "a", field))).toBeNull());
});

describe("what is surely meant is put right by one press", () => {
  it.each([
    ["dead_end", "next", action("a"), { final: true }],
    ["next_never_followed", "next", action("a", { final: true, next: ["b"] }), { next: undefined }],
    ["dangling_next", "next[1]", action("a", { next: ["b", "gone"] }), { next: ["b"] }],
    ["unused_role", "role", action("a", { role: "failover" }), { role: undefined }],
    ["mixed_next", "next[1]", action("a", { next: ["asks", "b"] }), { next: ["b", "asks"] }],
    ["failover_into_itself", "on_failure", action("a"), { on_failure: { action: "end_chat" } }],
    ["no_patterns", "branches[0].patterns", { id: "a", kind: "condition", type: "user_response", branches: [{ id: "y", label: "Yes (really)", patterns: [] }] }, { branches: [{ id: "y", label: "Yes (really)", patterns: ["^Yes \\(really\\)$"] }] }],
    ["branch_without_next", "else.next", { id: "a", kind: "condition", type: "user_response", branches: [], else: { label: "Other" } }, { else: { label: "Other", next: ["asking"] } }],
    ["duplicate_branch_id", "branches[1].id", { id: "a", kind: "condition", type: "expression", branches: [{ id: "y" }, { id: "y" }] }, { branches: [{ id: "y" }, { id: "branch" }] }],
    ["suggestion_gone", "branches[0].suggestion", { id: "a", kind: "condition", type: "user_response", branches: [{ id: "y", suggestion: "s" }] }, { branches: [{ id: "y" }] }],
  ])("%s", (code, field, node, changed) => {
    const before = scenario(node, action("b"), { id: "asks", kind: "condition", type: "user_response", branches: [] }, action("asking", { next: ["a"] }));
    const after = fixOf(before, problem(code, "a", field))?.apply(before);
    expect(after?.nodes[0]).toEqual({ ...node, ...changed });
    expect(after?.nodes.slice(1)).toEqual(before.nodes.slice(1));
  });

  it("each button of a message gets its branch, and what followed follows each", () => {
    const content = { type: "text", text: "When?", suggestions: [{ id: "w", type: "reply", text: "Weekday" }] };
    const before = scenario(action("a", { step: { ...says, content }, next: ["b"] }), action("b"));
    const after = fixOf(before, problem("suggestion_unanswered", "a", "next"))?.apply(before);
    expect(after?.nodes[0]).toMatchObject({ next: ["reply"], step: { reply_conditions: true } });
    expect(after?.nodes[2]).toMatchObject({ type: "user_response", branches: [{ label: "Weekday", suggestion: "w", next: ["b"] }] });
  });

  it("a chat begins at the one step that nothing leads to", () => {
    const before = scenario(action("b"), action("a", { next: ["b"] }));
    expect(fixOf(before, problem("no_start", null, "nodes"))?.apply(before).nodes[1]).toHaveProperty("role", "start");
    expect(fixOf(scenario(action("a"), action("b")), problem("no_start", null, "nodes"))).toBeNull();
  });

  it.each([
    ["dead_end", "next", action("a", { condition: "false" })],
    ["no_patterns", "branches[0].patterns", { id: "a", kind: "condition", type: "user_response", branches: [{ id: "y", patterns: [] }] }],
    ["branch_without_next", "else.next", { id: "a", kind: "condition", type: "user_response", branches: [], else: { label: "Other" } }],
    ["unreachable", "", action("a")],
    ["suggestion_unanswered", "next", action("a")],
    ["suggestion_unanswered", "next", action("a", { final: true, step: { ...says, content: { type: "text", text: "Bye", suggestions: [{ id: "w", type: "reply", text: "Again" }] } } })],
    ["constructor", "", action("a")],
  ])("but not where only its author can say: %s", (code, field, node) => expect(fixOf(scenario(node), problem(code, "a", field))).toBeNull());
});
