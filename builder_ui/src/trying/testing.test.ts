import { expect, test } from "vitest";
import { createEditor } from "../canvas/editor";
import type { Scenario } from "../scenario/model";
import { isSame, resultsOf, TestRun } from "./testing";
import type { Test } from "./tests";
import type { Tried } from "./transcript";

const turns = [{ in: "hi" }];
const tests: Test[] = [{ name: "good", turns }, { name: "other", turns }, { name: "lost", turns }];
const scenario = { id: "bot", nodes: [], tests } as unknown as Scenario;
const tried = (more: Partial<Tried> = {}) => ({ problems: [], others: [], turns: [{}], stopped: null, differences: [], runs: [], ...more }) as unknown as Tried;

async function play(_: string, __: Scenario, { name }: Test): Promise<Tried> {
  if (name === "lost") throw new Error("no connection");
  return name === "good" ? tried() : tried({ differences: [{ turn: 1, what: "out", expected: [], actual: [] }] });
}

test("every test is run, whatever comes of the others", async () => {
  const run = new TestRun("bot", createEditor(scenario), play);
  await run.run();
  const { results, isRunning } = run.store.getState();
  expect(tests.map((one) => results.get(one)).map((result) => result && ("tried" in result ? result.isPassed : "error"))).toEqual([true, false, "error"]);
  expect(isRunning).toBe(false);
});

test("a test that stopped before its end does not pass", async () => {
  const run = new TestRun("bot", createEditor(scenario), async () => tried({ turns: [] }));
  await run.run();
  expect(run.store.getState().results.get(tests[0]!)).toMatchObject({ isPassed: false });
});

test("a test that is gone counts no more", async () => {
  const run = new TestRun("bot", createEditor(scenario), play);
  await run.run();
  expect(resultsOf(run.store.getState().results, { ...scenario, tests: [tests[0]!] } as Scenario).length).toBe(1);
});

test("results are of a draft that does the same: tests and places do not count", () => {
  expect(isSame(scenario, { ...scenario, tests: [], layout: { nodes: {} } } as Scenario)).toBe(true);
  expect(isSame(scenario, { ...scenario, nodes: [] })).toBe(false);
  expect(isSame(null, scenario)).toBe(false);
});
