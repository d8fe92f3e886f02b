import { expect, test } from "vitest";
import type { Scenario } from "../scenario/model";
import { counted, reachLights, reachOf } from "./reach";
import type { Tried } from "./transcript";

const scenario = { id: "bot", nodes: [{ id: "a" }, { id: "b" }, { id: "c" }] } as unknown as Scenario;
const ran = (...nodes: string[]) => {
  const log = nodes.map((node) => ({ scenario: "bot", what: "ran", node, branch: null, detail: null }));
  const turn = { messages: [], decisions: [], log, effects: [], changed: {}, removed: [], thread: null, timers: [], now: "" };
  return { tried: { problems: [], others: [], turns: [turn], stopped: null, differences: [], runs: [] } satisfies Tried, isPassed: true };
};

test("what any test comes to is reached", () => {
  const reach = reachOf([ran("a", "b"), ran("a"), { error: new Error() }], "bot");
  expect(counted(reach, scenario)).toEqual({ reached: 2, all: 3 });
  const lights = reachLights(reach, scenario);
  expect(Object.fromEntries(lights.nodes)).toEqual({ a: "tested", b: "tested", c: "untested" });
  expect([...lights.links]).toEqual([["a next b", "tested"]]);
});
