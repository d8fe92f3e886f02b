import { describe, expect, it } from "vitest";
import { differencesOf } from "./differences";

const time = (moment: string) => `at ${moment}`;

describe("an entry of the audit log", () => {
  it("tells each field that was or is there", () => {
    expect(differencesOf({ old: { name: "Ann", role: "admin" }, new: { name: "Anna", department_id: "d" } }, time)).toEqual([
      { field: "name", old: "Ann", new: "Anna" },
      { field: "role", old: "admin", new: "" },
      { field: "department id", old: "", new: "d" },
    ]);
  });

  it.each([
    ["a list of words", "permissions", ["a", "b"], "a, b"],
    ["a moment", "blocked_at", 0, "at 1970-01-01T00:00:00.000Z"],
    ["a number", "count", 3, "3"],
    ["yes or no", "active", false, "false"],
    ["what has parts", "place", { sender: "desk" }, '{"sender":"desk"}'],
  ])("tells %s as text", (_, field, value, text) => {
    expect(differencesOf({ old: null, new: { [field]: value } }, time)[0]!.new).toBe(text);
  });

  it("leaves out what is empty before and after", () => {
    expect(differencesOf({ old: null, new: { role: null, name: "" } }, time)).toEqual([]);
  });

  it("may tell nothing", () => {
    expect(differencesOf({ old: null, new: null }, time)).toEqual([]);
  });
});
