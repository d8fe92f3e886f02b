import { expect, test } from "vitest";
import type { Scenario } from "../scenario/model";
import { callsOf, chatOf, fits, nameOf, testOf, testsOf, withoutTest, withTest } from "./tests";
import type { Chat, Tried, TriedTurn } from "./transcript";

const turn = (more: Partial<TriedTurn>, ...texts: string[]): TriedTurn => ({
  messages: texts.map((text) => ({ id: text, node: "say", text, content: {}, delay_ms: 0 })),
  decisions: [],
  log: [],
  effects: [],
  changed: {},
  removed: [],
  thread: { scenario: "bot", status: "active", reason: "", node: "ask", waits_for: "question", waits_at: [] },
  timers: [],
  now: "2026-01-01T00:00:00.000Z",
  ...more,
});
const tried = (...turns: TriedTurn[]): Tried => ({ problems: [], others: [], turns, stopped: null, differences: [], runs: [] });
const chat: Chat = { now: "2026-01-01T00:00:00Z", turns: [{ operator: { start_at: "ask" } }, { in: "Ann" }] };

test("a chat becomes a transcript that expects what came of it", () => {
  const turns = tried(turn({}, "Name?"), turn({ changed: { name: "Ann" }, removed: ["old"] }, "Hi Ann!"));
  expect(testOf("Names", chat, turns, new Set(["out", "at", "status", "vars"]))).toEqual({
    name: "Names",
    now: "2026-01-01T00:00:00Z",
    turns: [
      { operator: { start_at: "ask" }, out: ["Name?"], at: "ask", status: "active" },
      { in: "Ann", out: ["Hi Ann!"], at: "ask", status: "active", vars: { name: "Ann", old: null } },
    ],
  });
});

test("only what is chosen is expected", () => {
  expect(testOf("Names", chat, tried(turn({}, "Name?"), turn({})), new Set(["out"])).turns).toEqual([
    { operator: { start_at: "ask" }, out: ["Name?"] },
    { in: "Ann", out: [] },
  ]);
});

test("timers are no effects of transcripts", () => {
  const effects = [{ kind: "set_timer", values: {} }, { kind: "handover", values: {} }];
  expect(testOf("Names", chat, tried(turn({ effects })), new Set(["effects"])).turns).toEqual([{ operator: { start_at: "ask" }, effects: ["handover"] }]);
});

test("a text between slashes is not taken for a pattern", () => {
  expect(testOf("Names", chat, tried(turn({}, "/a.b/")), new Set(["out"])).turns).toEqual([{ operator: { start_at: "ask" }, out: ["/\\A/a\\.b/\\Z/"] }]);
});

test("other chatbots are named by their files, and only answers that were asked for are kept", () => {
  const http = [{ match: "GET https://a.example/*", json: 1 }, { match: "GET https://b.example/*" }];
  const log = [{ scenario: "bot", what: "code_finished", node: "code", branch: null, detail: { http: [{ method: "get", url: "https://a.example/x" }] } }];
  const made = testOf("Calls", { ...chat, http }, { ...tried(turn({ log })), others: ["pay"] }, new Set());
  expect([made.scenarios, made.http]).toEqual([["pay.json"], [http[0]]]);
  expect(callsOf([turn({ log }), turn({ log })])).toEqual(["GET https://a.example/x"]);
});

test("a star stands for anything, all else for itself", () => {
  expect(fits("GET https://a.example/x?y=1", "GET https://a.example/*")).toBe(true);
  expect(fits("GET https://aXexample/", "GET https://a.example/")).toBe(false);
});

test("tests are added, replaced by name, and taken away; what is no test is passed over", () => {
  const empty = { id: "bot", nodes: [], tests: "odd" } as unknown as Scenario;
  expect(testsOf(empty)).toEqual([]);
  const one = withTest({ id: "bot", nodes: [] } as unknown as Scenario, { name: "A", turns: [] });
  const two = withTest(one, { name: "B", turns: [] });
  expect(testsOf(withTest(two, { name: "A", turns: [1] })).map(({ turns }) => turns)).toEqual([[1], []]);
  const [first] = testsOf(one);
  expect(withoutTest(one, first!)).toEqual({ id: "bot", nodes: [] });
  expect(nameOf({ name: 3 })).toBe(null);
});

test("a test can be tried in the chat, without what it expects", () => {
  const { turns } = testOf("Names", chat, tried(turn({}, "Name?"), turn({}, "Hi")), new Set(["out", "at"]));
  expect(chatOf({ turns, contact: { phone: "+1" } }, "2026-01-01T00:00:00Z")).toEqual({ ...chat, contact: { phone: "+1" } });
  for (const odd of [{}, { turns: "no" }, { turns: [3] }, { turns: [{ out: ["a"] }] }]) expect(chatOf(odd, "")).toBe(null);
});
