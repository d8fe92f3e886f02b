import { describe, expect, it } from "vitest";
import { COMMAND_NAMES, commandFor, commandOf, keysOf, nameOf } from "./commands";

const pressed = (key: string, held: Partial<Record<"altKey" | "ctrlKey" | "metaKey" | "shiftKey", boolean>> = {}) =>
  nameOf({ altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, key, ...held });

describe("keys", () => {
  it.each([
    [pressed("z", { ctrlKey: true }), "Ctrl+z"],
    [pressed("Z", { metaKey: true, shiftKey: true }), "Ctrl+Shift+z"],
    [pressed("ArrowRight", { altKey: true }), "Alt+ArrowRight"],
    [pressed("?", { shiftKey: true }), "Shift+?"],
  ])("%s are named %s", (name, wanted) => expect(name).toBe(wanted));

  it("mean one thing each", () => {
    const keys = COMMAND_NAMES.flatMap((name) => commandOf(name).keys ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("change nothing while somebody only looks", () => {
    expect(commandFor("Ctrl+z", false)).toBeNull();
    expect(commandFor("Ctrl+z", true)).not.toBeNull();
    expect(commandFor("Ctrl+f", false)).not.toBeNull();
    expect(commandFor("Ctrl+q", true)).toBeNull();
  });

  it.each([
    ["redo", "Ctrl+Shift+Z"],
    ["follow", "Alt+→"],
    ["move", "← ↑ → ↓"],
    ["tidy", ""],
  ] as const)("of %s are told as %j", (name, told) => expect(keysOf(name)).toBe(told));
});
