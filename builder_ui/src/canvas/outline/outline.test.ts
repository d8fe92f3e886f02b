import { describe, expect, it } from "vitest";
import type { Node, Scenario } from "../../scenario/model";
import { outlineOf } from "./outline";

const step = (id: string, next: string[] = [], role?: "start" | "failover"): Node => ({ id, kind: "action", step: { type: "reset" }, next, ...(role && { role }) });
const order = (nodes: Node[]) => outlineOf({ nodes } as Scenario).map(({ id }) => id);

describe("an outline", () => {
  it("goes along the links from the start, then from the other roles, then to what nothing leads to", () => {
    const branches = [{ id: "x", label: "", patterns: [], next: ["c", "gone"] }];
    const choice: Node = { id: "b", kind: "condition", type: "user_response", branches, else: { next: ["d", "a"] } };
    expect(order([step("alone"), step("f", [], "failover"), step("d"), step("c", ["e"]), step("a", ["b"], "start"), choice, step("e")])).toEqual(["a", "b", "c", "e", "d", "f", "alone"]);
  });

  it("has every step once, however long and round the way is", () => {
    const nodes = Array.from({ length: 20_000 }, (_, number) => step(`n${number}`, [`n${(number + 1) % 20_000}`]));
    expect(order(nodes)).toEqual(nodes.map(({ id }) => id));
  });
});
