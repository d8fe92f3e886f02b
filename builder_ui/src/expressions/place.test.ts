import { expect, it } from "vitest";
import { textAt } from "./place";

const long = "'{{attribute.city}}' = 'Chicago' and length('{{name}}' >= 5)";

it.each([
  [long, 37, "length('{{name}}' >= 5)"],
  [long, 0, "'{{attribute.city}}' = '…"],
  [`'🍕' = ${long}`, 43, "length('{{name}}' >= 5)"],
  [long, null, ""],
  ["'a' = (", 6, ""],
])("%j at %j is %j", (expression, position, shown) => expect(textAt(expression, position)).toBe(shown));
