import { expect, it } from "vitest";
import { typedNumber } from "./typedNumber";

it.each([
  ["", undefined],
  [" ", undefined],
  ["400", 400],
  ["0.", "0."],
  ["0.5", 0.5],
  ["0,5", 0.5],
  ["-1", -1],
  ["1e", "1e"],
  ["soon", "soon"],
  ["Infinity", "Infinity"],
  ["NaN", "NaN"],
])("%j is %j", (typed, read) => expect(typedNumber(typed)).toBe(read));
