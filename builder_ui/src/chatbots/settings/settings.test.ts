import { describe, expect, it } from "vitest";
import { isChanged, valuesOf, withAction } from "./settings";

describe("the settings of a file", () => {
  it("have the format's defaults where it says nothing", () => {
    expect(valuesOf({}).settings).toEqual({
      on_failure: { action: "end_chat" },
      response_timeout: null,
      stuck_timeout: null,
      is_default: false,
      keywords: { trigger: [], reset: [], stop: [], opt_out: [] },
    });
  });

  it("keep what this form does not know", () => {
    expect(valuesOf({ settings: { "x-note": "ask Ann" } }).settings).toMatchObject({ "x-note": "ask Ann" });
  });

  it("are changed only when a value is another one", () => {
    const before = valuesOf({ name: "Pizza", settings: { keywords: { trigger: ["pizza"] } } });
    expect(isChanged(structuredClone(before), before)).toBe(false);
    expect(isChanged({ ...before, name: "Pasta" }, before)).toBe(true);
  });
});

describe("another action", () => {
  it("takes the department away unless somebody is handed over", () => {
    expect(withAction({ action: "handover", department: "vip" }, "continue")).toEqual({ action: "continue" });
    expect(withAction({ action: "handover", department: "vip", seconds: 5 }, "handover")).toEqual({ action: "handover", department: "vip", seconds: 5 });
  });
});
