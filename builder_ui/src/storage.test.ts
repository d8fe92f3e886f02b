import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { forget, keep, recall } from "./storage";

/** A browser's storage with room for some characters. */
function storageOf(room: number): Partial<Storage> {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    removeItem: (key) => void items.delete(key),
    setItem: (key, text) => {
      if (text.length > room) throw new DOMException("full", "QuotaExceededError");
      items.set(key, text);
    },
  };
}

beforeEach(() => void vi.stubGlobal("localStorage", storageOf(20)));
afterEach(() => {
  forget("work");
  vi.unstubAllGlobals();
});

describe("where the browser has no room", () => {
  it("what is newer is not given up for what was kept before", () => {
    keep("work", "older");
    keep("work", "newer, and too long for this browser");
    expect(recall("work", "")).toBe("newer, and too long for this browser");
  });

  it("it is told that the browser does not keep it", () => {
    expect(keep("work", "short")).toBe(true);
    expect(keep("work", "much too long for this browser")).toBe(false);
  });

  it("what fits again is kept again, and what was in memory is gone", () => {
    keep("work", "much too long for this browser");
    expect(keep("work", "short")).toBe(true);
    expect(recall("work", "")).toBe("short");
  });
});
