import i18next from "i18next";
import { expect, test } from "vitest";
import { en } from "../i18n/en";
import { notesOf, wordsOf } from "./lines";
import type { Speaker } from "./logWords";
import type { TriedTurn } from "./transcript";

const texts = i18next.createInstance();
void texts.init({ lng: "en", resources: { en: { translation: en } }, interpolation: { escapeValue: false }, initAsync: false });
const speaker: Speaker = { t: texts.getFixedT("en"), language: "en", labelOf: (id) => ({ ask: "Ask" })[id] ?? id };

const turn = (more: Partial<TriedTurn>, status = "active"): TriedTurn => ({
  messages: [],
  decisions: [],
  log: [],
  effects: [],
  changed: {},
  removed: [],
  thread: { scenario: "bot", status, reason: "", node: "ask", waits_for: null, waits_at: [] },
  timers: [],
  now: "2026-01-01T00:00:00.000Z",
  ...more,
});

test("what happens besides the contact's words is told", () => {
  expect(wordsOf({ in: "hi" }, speaker)).toBe(null);
  expect(wordsOf({ wait: 90_061 }, speaker)).toBe("1 day, 1 hour, 1 minute, 1 second later");
  expect(wordsOf({ operator: { start_at: "ask" } }, speaker)).toBe("The chat starts at “Ask”");
});

test("a chat that nobody answers says why", () => {
  const decided = turn({ decisions: [{ action: "nothing", scenario: null, scenarios: [] }], thread: null });
  expect(notesOf(decided, undefined, speaker)).toEqual(["None of the chatbot's keywords fits, so nobody answers."]);
});

test("a failure says where and why, then how the chat ended", () => {
  const failed = { scenario: "bot", what: "failed", node: "ask", branch: null, detail: { kind: "code", message: "x is not defined" } };
  expect(notesOf(turn({ log: [failed] }, "error"), turn({}), speaker)).toEqual(["“Ask” failed: x is not defined", "The chat has ended with an error."]);
});

const logged = (what: string, node: string | null = null, detail: string | null = null) => ({ scenario: "bot", what, node, branch: detail && "yes", detail });
const stuck = (waits_for: string | null) => ({ scenario: "bot", status: "stuck", reason: "", node: "ask", waits_for, waits_at: [] });
const unmatched = { action: "stuck", scenario: "bot", scenarios: [] };

test("a chat that comes to where nothing follows says so at once, and why what comes then is not answered", () => {
  const after = turn({ decisions: [{ action: "reply", scenario: "bot", scenarios: [] }], log: [logged("received"), logged("branch", "ask", "Yes"), logged("stuck", "ask")], thread: stuck(null) });
  expect(notesOf(after, turn({}), speaker)).toEqual(["“Yes” of “Ask” leads nowhere: the chat is stuck there."]);
  const next = turn({ decisions: [unmatched], log: [logged("received")], thread: stuck(null) });
  expect(notesOf(next, after, speaker)).toEqual(["The chat is stuck: it waits for no answer."]);
  const ended = turn({ log: [logged("ran", "ask"), logged("stuck", "ask")], thread: stuck(null) });
  expect(notesOf(ended, turn({}), speaker)).toEqual(["“Ask” leads nowhere: the chat is stuck there."]);
});

test("an answer that fits nothing where one is waited for says that, each time", () => {
  const first = turn({ decisions: [unmatched], log: [logged("received"), logged("stuck", "ask")], thread: stuck("reply") });
  expect(notesOf(first, turn({}), speaker)).toEqual(["The answer fits nothing here: the chat is stuck."]);
  expect(notesOf(turn({ decisions: [unmatched], log: [logged("received")], thread: stuck("reply") }), first, speaker)).toEqual(["The answer fits nothing here: the chat is stuck."]);
});

test("an end is told once", () => {
  expect(notesOf(turn({}, "complete"), turn({}, "complete"), speaker)).toEqual([]);
});
