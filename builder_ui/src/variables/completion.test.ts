import { describe, expect, it } from "vitest";
import { accepted, placeholderCompletion } from "./completion";
import type { Known } from "./known";

const known: Known[] = [
  { name: "size", of: "step" },
  { name: "attribute.size", of: "attribute" },
  { name: "name", of: "step" },
];
const complete = placeholderCompletion(known, () => "");
const at = (marked: string): [string, number] => [marked.replace("|", ""), marked.indexOf("|")];
const offered = (marked: string) => complete(...at(marked))?.options.map(({ label }) => label) ?? null;

describe("a placeholder", () => {
  it.each([
    ["Hi {{|", ["size", "attribute.size", "name"]],
    ["Hi {{ si|", ["size", "attribute.size"]],
    ["{{SIZE|", ["size", "attribute.size"]],
    ["{{size}}|", null],
    ["{{a}} {{na|}}", ["name"]],
    ["{|", null],
    ["{{a b|", null],
    ["{{xyz|", []],
  ])("%j is completed by %j", (marked, labels) => expect(offered(marked)).toEqual(labels));

  it.each([
    ["Hi {{na|!", "Hi {{name}}!", 11],
    ["Hi {{na|}}!", "Hi {{name}}!", 11],
    ["{{ |size }} x", "{{name}} x", 8],
  ])("in %j becomes %j", (marked, text, caret) => {
    const [before, place] = at(marked);
    const found = complete(before, place)!;
    expect(accepted(before, found, { label: "name", detail: "", insert: "{{name}}" })).toEqual({ text, caret });
  });
});
