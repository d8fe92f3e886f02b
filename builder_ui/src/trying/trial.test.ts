import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createEditor } from "../canvas/editor";
import type { Scenario } from "../scenario/model";
import type { Chat, Tried, TriedTurn } from "./transcript";
import { PAUSE_MS, Trial } from "./trial";

const action = (id: string, role = "regular") => ({ id, kind: "action", role, step: { type: "reset" }, next: [] });
const scenario = { id: "bot", nodes: [action("first"), action("begin", "start")], layout: {} } as unknown as Scenario;

const turn = (text: string): TriedTurn => ({
  messages: [{ id: text, node: "begin", text, content: { type: "text", text }, delay_ms: 0 }],
  decisions: [],
  log: [],
  effects: [],
  changed: {},
  removed: [],
  thread: null,
  timers: [],
  now: "2026-01-01T00:00:00.000Z",
});
const result = (...texts: string[]): Tried => ({ problems: [], others: [], turns: texts.map(turn), stopped: null, differences: [], runs: [] });

/** A server that answers when it is told to. */
class Server {
  readonly asked: { chat: Chat; runs: Tried["runs"]; answer: (tried: Tried) => Promise<void>; fail: (error: Error) => Promise<void> }[] = [];
  play = (_: string, __: Scenario, chat: Chat, runs: Tried["runs"]) =>
    new Promise<Tried>((resolve, reject) => {
      const settled = async (settle: () => void) => {
        settle();
        await vi.advanceTimersByTimeAsync(0);
      };
      this.asked.push({ chat, runs, answer: (tried) => settled(() => resolve(tried)), fail: (error) => settled(() => reject(error)) });
    });
  get last() {
    return this.asked.at(-1)!;
  }
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function begun() {
  const editor = createEditor(scenario);
  const server = new Server();
  const trial = new Trial("bot", editor, server.play);
  return { editor, server, trial, state: () => trial.store.getState() };
}

test("a chat begins at the start step", () => {
  const { trial, server } = begun();
  trial.open();
  expect(server.last.chat.turns).toEqual([{ operator: { start_at: "begin" } }]);
});

test("every turn is played with all before it, and with what code has given", async () => {
  const { trial, server } = begun();
  trial.open();
  const runs = [{ key: "k", result: {} }];
  await server.last.answer({ ...result("Hello"), runs });
  trial.happen({ in: "hi" });
  expect(server.last.chat.turns).toEqual([{ operator: { start_at: "begin" } }, { in: "hi" }]);
  expect(server.last.runs).toEqual(runs);
});

test("an answer that comes late is not taken for a newer one", async () => {
  const { trial, server, state } = begun();
  trial.open();
  const [first] = server.asked;
  trial.happen({ in: "hi" });
  await server.last.answer(result("Hello", "Hi!"));
  await first!.answer(result("Hello"));
  expect(state().tried?.turns.length).toBe(2);
});

test("a change of the draft plays the chat again, and says where it went differently", async () => {
  const { editor, trial, server, state } = begun();
  trial.open();
  trial.happen({ in: "hi" });
  await server.last.answer(result("Hello", "Hi!"));
  editor.getState().edit((now) => ({ ...now, nodes: [...now.nodes] }));
  const before = server.asked.length;
  await vi.advanceTimersByTimeAsync(PAUSE_MS);
  expect(server.asked.length).toBe(before + 1);
  await server.last.answer(result("Hello", "Good day!"));
  expect(state().changedAt).toBe(1);
  trial.happen({ in: "again" });
  expect(state().changedAt).toBe(null);
});

test("moving a step plays nothing", async () => {
  const { editor, trial, server } = begun();
  trial.open();
  editor.getState().edit((now) => ({ ...now, layout: { nodes: { begin: [1, 2] } } }));
  await vi.advanceTimersByTimeAsync(PAUSE_MS);
  expect(server.asked.length).toBe(1);
});

test("a draft that cannot run leaves what was said", async () => {
  const { trial, server, state } = begun();
  trial.open();
  await server.last.answer(result("Hello"));
  void trial.replay(true);
  await server.last.answer({ ...result(), problems: [{ severity: "error", code: "no_start", message: "no start", field: "" }] });
  expect(state().tried?.turns.map(({ messages }) => messages[0]?.text)).toEqual(["Hello"]);
  expect(state().tried?.problems.length).toBe(1);
});

test("without an answer the turn stays, to be tried again", async () => {
  const { trial, server, state } = begun();
  trial.open();
  await server.last.fail(new Error("no connection"));
  expect(state().error).toBeInstanceOf(Error);
  expect(state().chat.turns.length).toBe(1);
});
