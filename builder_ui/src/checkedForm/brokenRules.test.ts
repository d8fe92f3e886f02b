import { describe, expect, it } from "vitest";
import type { Place } from "../api/client";
import { brokenAt } from "./brokenRules";

describe("what is wrong at a field", () => {
  const broken: Place[] = [
    { pointer: "/details/countries/1", detail: "no country" },
    { pointer: "/details/phones", detail: "none" },
  ];

  it("is what was said of its place", () => {
    expect(brokenAt(broken, "/details/phones")?.detail).toBe("none");
    expect(brokenAt(broken, "/details/countries")).toBeUndefined();
  });

  it("is what was said of its parts, where they have no fields of their own", () => {
    expect(brokenAt(broken, "/details/countries", true)?.detail).toBe("no country");
  });
});
