import { describe, expect, it } from "vitest";
import { branchesOf, type Condition } from "../scenario/model";
import { addBranch, changeBranch, moveBranch, removeBranch, withElse, withType } from "./branches";

const reply: Condition = {
  id: "c",
  kind: "condition",
  type: "user_response",
  branches: [
    { id: "s", label: "Small", patterns: ["^s"], suggestion: "small", report_field: "size", next: ["a"], "x-own": 1 },
    { id: "branch", label: "Large", patterns: ["^l"] },
  ],
  else: { label: "Other", next: ["b"] },
};
const ids = (node: Condition) => branchesOf(node).map(({ id }) => id);

describe("branches", () => {
  it("are added under ids of their own, changed, moved and removed", () => {
    expect(ids(addBranch(reply))).toEqual(["s", "branch", "branch_2"]);
    expect(branchesOf(changeBranch(reply, 1, (one) => ({ ...one, label: "L" })))[1]!.label).toBe("L");
    expect(ids(moveBranch(reply, 0, 1))).toEqual(["branch", "s"]);
    expect(moveBranch(reply, 0, -1)).toBe(reply);
    expect(moveBranch(reply, 1, 1)).toBe(reply);
    expect(ids(removeBranch(reply, 0))).toEqual(["branch"]);
  });

  it("two of one id, as a hand-written file may have them, are told apart by their place", () => {
    const twice = { ...reply, branches: [{ id: "a", label: "1" }, { id: "a", label: "2" }] } as Condition;
    expect(branchesOf(removeBranch(twice, 1)).map(({ label }) => label)).toEqual(["1"]);
  });

  it("keep what fits when the condition looks at something else", () => {
    expect(branchesOf(withType(reply, "expression"))[0]).toEqual({ id: "s", label: "Small", expression: "", report_field: "size", next: ["a"], "x-own": 1 });
    expect(branchesOf(withType(withType(reply, "expression"), "user_response"))[0]).toMatchObject({ label: "Small", patterns: [], next: ["a"] });
    expect(withType(reply, "expression").else).toEqual(reply.else);
  });
});

it("an else is there or not", () => {
  expect(withElse(reply, false)).not.toHaveProperty("else");
  expect(withElse(withElse(reply, false), true).else).toEqual({});
  expect(withElse(reply, true).else).toEqual(reply.else);
});
