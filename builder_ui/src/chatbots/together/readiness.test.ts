import { describe, expect, test } from "vitest";
import { hindranceOf, isPublished, type Readiness } from "./readiness";

const DRAFT = { newest_version: 0, has_changes: true };

function found(severities: string[], failing: string[] = []): Readiness {
  const problems = severities.map((severity) => ({ severity, code: "x", message: "x" }));
  return { impact: { problems } as unknown as Readiness["impact"], failing, tests: failing.length, notRun: 0 };
}

describe("a chatbot is published with the others", () => {
  test("unless errors forbid it", () => {
    expect(hindranceOf(DRAFT, found(["warning"]))).toBeNull();
    expect(hindranceOf(DRAFT, found(["warning", "error"]))).toBe("errors");
  });

  test("unless its tests fail, and nobody has said that it is all the same", () => {
    const failing = found([], ["Orders"]);
    expect(hindranceOf(DRAFT, failing)).toBe("tests");
    expect(isPublished(DRAFT, failing, undefined)).toBe(false);
    expect(isPublished(DRAFT, failing, true)).toBe(true);
    expect(isPublished(DRAFT, found(["error"]), true)).toBe(false);
  });

  test("once it was looked at, unless somebody leaves it out", () => {
    expect(isPublished(DRAFT, undefined, undefined)).toBe(false);
    expect(isPublished(DRAFT, found([]), undefined)).toBe(true);
    expect(isPublished(DRAFT, found([]), false)).toBe(false);
  });

  test("unless what it does is published already", () => {
    expect(hindranceOf({ newest_version: 2, has_changes: false }, found(["error"]))).toBe("nothing_new");
    expect(hindranceOf({ newest_version: 2, has_changes: true }, found([]))).toBeNull();
  });
});
