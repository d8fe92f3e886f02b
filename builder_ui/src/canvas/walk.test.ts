import { expect, it } from "vitest";
import type { Scenario } from "../scenario/model";
import { allAfter } from "./walk";

const step = (id: string, ...next: string[]) => ({ id, kind: "action", step: { type: "reset" }, next });
const scenario = { nodes: [step("end"), step("a", "b", "gone"), step("b", "c"), step("c", "b", "end"), step("other", "a")] } as unknown as Scenario;

it.each([
  [["a"], ["end", "a", "b", "c"]],
  [["b", "note 1"], ["end", "b", "c"]],
  [["end"], ["end"]],
  [[], []],
])("after %j come %j, whatever turns back", (from, all) => expect(allAfter(scenario, from)).toEqual(all));
