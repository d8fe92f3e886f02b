import { describe, expect, it } from "vitest";
import { filtersIn, queryOf, searchOf } from "./filters";

describe("filters of the audit log", () => {
  it("are the same after a way through the address", () => {
    const filters = { kind: "user", object_id: "a&b=c", since: "2026-03-01" };
    expect(filtersIn(searchOf(filters))).toEqual(filters);
  });

  it("leave the address alone where there are none", () => {
    expect(searchOf({ kind: "" })).toBe("");
    expect(filtersIn("?kind=&other=1")).toEqual({});
  });

  it("are days here and moments for the server, the last day included", () => {
    expect(queryOf({ action: "user.created", since: "2026-03-01", until: "2026-03-01" }, "Europe/Madrid")).toEqual({
      action: "user.created",
      since: "2026-02-28T23:00:00.000Z",
      until: "2026-03-01T23:00:00.000Z",
    });
  });
});
