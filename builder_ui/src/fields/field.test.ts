import { describe, expect, it } from "vitest";
import { type Field, saysRareThings, withField } from "./field";

const Input = () => null;
const fields: Record<string, Field> = { a: { label: "panel.name", Input }, b: { label: "panel.name", Input, isRare: true } };

describe("a field", () => {
  it("is set, and leaves the file when it is emptied", () => {
    expect(withField({ a: 1, "x-own": 2 }, "a", 3)).toEqual({ a: 3, "x-own": 2 });
    expect(withField({ a: 1, "x-own": 2 }, "a", undefined)).toEqual({ "x-own": 2 });
    expect(Object.keys(withField({ a: 1 }, "b", undefined))).toEqual(["a"]);
  });

  it("that few need is shown at once where it says something", () => {
    expect(saysRareThings(fields, { a: 1 })).toBe(false);
    expect(saysRareThings(fields, { b: 0 })).toBe(true);
  });
});
