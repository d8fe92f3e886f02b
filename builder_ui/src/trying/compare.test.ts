import { expect, test } from "vitest";
import { firstDifference } from "./compare";
import type { TriedTurn } from "./transcript";

const turn = (text: string, changed: Record<string, unknown> = {}): TriedTurn => ({
  messages: [{ id: Math.random().toString(), node: "say", text, content: { type: "text", text }, delay_ms: 0 }],
  decisions: [],
  log: [],
  effects: [],
  changed,
  removed: [],
  thread: null,
  timers: [],
  now: "2026-01-01T00:00:00.000Z",
});

test("the first turn that went differently is found", () => {
  expect(firstDifference([turn("a"), turn("b"), turn("c")], [turn("a"), turn("x"), turn("y")])).toBe(1);
  expect(firstDifference([turn("a", { size: 1 })], [turn("a", { size: 2 })])).toBe(0);
});

test("the same chat, and one that only goes on, differ nowhere", () => {
  expect(firstDifference([turn("a")], [turn("a"), turn("b")])).toBe(null);
  expect(firstDifference([], [turn("a")])).toBe(null);
});
