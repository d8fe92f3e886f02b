import { describe, expect, it } from "vitest";
import { grouped, switched } from "./permissionGroups";

const permission = (name: string) => ({ name, sentence: name });

describe("permissions", () => {
  it("are grouped by what they are of, in their order", () => {
    const groups = grouped(["media.view", "users.view", "media.edit"].map(permission));
    expect(groups.map(({ name, permissions }) => [name, permissions.map((one) => one.name)])).toEqual([
      ["media", ["media.view", "media.edit"]],
      ["users", ["users.view"]],
    ]);
  });

  it("are switched on once, however often", () => {
    expect(switched(["a", "b"], ["b", "c"], true)).toEqual(["a", "b", "c"]);
  });

  it("are switched off, and the others stay", () => {
    expect(switched(["a", "b"], ["b", "c"], false)).toEqual(["a"]);
  });
});
