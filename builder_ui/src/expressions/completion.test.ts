import { describe, expect, it } from "vitest";
import { accepted } from "../variables/completion";
import type { Known } from "../variables/known";
import { expressionCompletion, isQuoted } from "./completion";

const known: Known[] = [
  { name: "price", of: "step" },
  { name: "attribute.city", of: "attribute" },
];
const complete = expressionCompletion(known, () => "");

/** The text when the first of what is offered is taken, the caret marked. */
function first(marked: string): string | null {
  const [text, caret] = [marked.replace("|", ""), marked.indexOf("|")];
  const found = complete(text, caret);
  if (!found?.options.length) return null;
  const done = accepted(text, found, found.options[0]!);
  return `${done.text.slice(0, done.caret)}|${done.text.slice(done.caret)}`;
}

describe("an expression", () => {
  it.each([
    ["pri|", "'{{price}}'|"],
    ["'{{pr|", "'{{price}}|"],
    ["'{{pr|}}' > 9", "'{{price}}|' > 9"],
    ["{{|", "'{{price}}'|"],
    ["attribute.c|", "'{{attribute.city}}'|"],
    ["leng|", "length(|)"],
    ["not nul|", "not nullif(|)"],
    ["'a' = 'a' an|", "'a' = 'a' and|"],
    ["case|", "case when | then  else  end"],
    ["'pri|'", null],
    ["'a' = |", null],
    ["and|", null],
  ])("%j is completed to %j", (before, after) => expect(first(before)).toBe(after));
});

it("a doubled quote is a quote inside", () => {
  expect(isQuoted("'it''s", 6)).toBe(true);
  expect(isQuoted("'it''s'", 7)).toBe(false);
});
