import { expect, test } from "vitest";
import { lightsOf, movesOf } from "./path";
import type { Entry, TriedTurn } from "./transcript";

const entry = (what: string, node: string | null = null, branch: string | null = null, scenario = "bot"): Entry => ({ scenario, what, node, branch, detail: null });
const turn = (log: Entry[], node: string | null = null, waits_at: string[] = [], status = "active"): TriedTurn => ({
  messages: [],
  decisions: [],
  log,
  effects: [],
  changed: {},
  removed: [],
  thread: { scenario: "bot", status, reason: "", node, waits_for: null, waits_at },
  timers: [],
  now: "2026-01-01T00:00:00.000Z",
});

test("the way goes from step to step by the links between them", () => {
  const log = [entry("started"), entry("ran", "greet"), entry("sent", "greet"), entry("ran", "ask"), entry("waits", "ask")];
  expect(movesOf([turn(log)], "bot")).toEqual([
    [
      { node: "greet", link: null },
      { node: "ask", link: "greet next ask" },
    ],
  ]);
});

test("a reply goes on from where the chat waited", () => {
  const asked = turn([entry("ran", "menu"), entry("waits", "choice")], "choice", ["choice", "other"]);
  const replied = turn([entry("received", "choice"), entry("branch", "other", "b1"), entry("ran", "pizza")]);
  const [, moves] = movesOf([asked, replied], "bot");
  expect(moves).toEqual([
    { node: "other", link: "menu next other" },
    { node: "pizza", link: "other branch:b1 pizza" },
  ]);
});

test("the else of a condition is a way of its own", () => {
  expect(movesOf([turn([entry("branch", "choice"), entry("ran", "sorry")])], "bot")[0]?.[1]?.link).toBe("choice else sorry");
});

test("a timer, a reset and a start come by no link", () => {
  for (const what of ["timer", "reset", "started", "restarted"])
    expect(movesOf([turn([entry("ran", "a"), entry(what, "a"), entry("ran", "b")])], "bot")[0]?.[1]).toEqual({ node: "b", link: null });
});

test("steps of another chatbot light nothing here, even where they are called the same", () => {
  expect(movesOf([turn([entry("jumped", null, null, "pay"), entry("ran", "greet", null, "pay")])], "bot")).toEqual([[]]);
});

test("the turn that is looked at stands out, and where the chat waits after it", () => {
  const turns = [turn([entry("ran", "greet"), entry("ran", "ask"), entry("waits", "ask")], "ask"), turn([entry("ran", "thanks")], "thanks", [], "complete")];
  expect(Object.fromEntries(lightsOf(turns, "bot", 1).nodes)).toEqual({ greet: "past", ask: "past", thanks: "now" });
  expect(Object.fromEntries(lightsOf(turns, "bot", 0).nodes)).toEqual({ greet: "now", ask: "waits", thanks: "past" });
  expect(Object.fromEntries(lightsOf(turns, "bot", 1).links)).toEqual({ "greet next ask": "past", "ask next thanks": "now" });
});
