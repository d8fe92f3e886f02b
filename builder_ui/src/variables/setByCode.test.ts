import { expect, it } from "vitest";
import { setByCode } from "./setByCode";

it.each([
  ["return {price: 9, 'vat': 1, name}", undefined, ["price", "vat", "name"]],
  ["return {'price': 9}", "result", ["result"]],
  ["vars.size = 'L'; vars['a'] += 1\nif (vars.b == 2) {}", undefined, ["size", "a"]],
  ["return {}", undefined, []],
  ["return compute()", "", []],
  [5, 5, []],
])("%j kept as %j sets %j", (source, saveAs, names) => expect(setByCode(source, saveAs)).toEqual(names));
