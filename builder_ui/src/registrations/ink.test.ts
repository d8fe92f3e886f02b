import { expect, it } from "vitest";
import { BLACK, inkOn, isColor, WHITE } from "./ink";

it.each([
  ["#000000", WHITE],
  ["#ffffff", BLACK],
  ["#FFEB3B", BLACK],
  ["#C2185B", WHITE],
  ["#0B57D0", WHITE],
  ["red", WHITE],
])("what is written on %s is %s", (color, ink) => {
  expect(inkOn(color)).toBe(ink);
});

it.each([
  ["#0B57D0", true],
  ["#0b57d", false],
  ["0B57D0", false],
  ["black", false],
])("%s is a colour: %s", (text, is) => {
  expect(isColor(text)).toBe(is);
});
