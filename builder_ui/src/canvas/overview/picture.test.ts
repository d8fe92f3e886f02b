import { describe, expect, it } from "vitest";
import type { Scenario } from "../../scenario/model";
import { nodesOf } from "../elements";
import { inkOf } from "./picture";

const scenario: Scenario = { format: "botflow.scenario/1", id: "s", name: "S", channel: "sms", language: "en", nodes: [{ id: "a", kind: "action", step: { type: "reset" } }] };

describe("the ink of a node seen from far away", () => {
  const [node] = nodesOf(scenario, []);
  it.each([
    [undefined, "surface"],
    ["warning", "warning"],
    ["error", "danger"],
  ] as const)("with %s is %s", (wrong, ink) => expect(inkOf(node!, wrong)).toBe(ink));
  it.each([
    ["past", "accent-soft"],
    ["now", "accent"],
    ["waits", "accent"],
    ["tested", "accent"],
    ["untested", "danger"],
  ] as const)("that a chat came to, %s, is %s though it has errors", (light, ink) => expect(inkOf(node!, "error", light)).toBe(ink));
  it("is the accent where it is chosen, whatever is wrong", () => expect(inkOf({ ...node!, selected: true }, "error")).toBe("accent"));
});
