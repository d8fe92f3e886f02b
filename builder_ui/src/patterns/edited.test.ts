import { describe, expect, it } from "vitest";
import { wordsAfter } from "./edited";

describe("words and patterns after a choice", () => {
  it.each([
    ["a new one comes last", ["a", "b"], null, ["a", "b", " c "], ["a", "b", "c"]],
    ["nothing twice, and nothing empty", ["a"], null, ["a", "a", " "], ["a"]],
    ["an edited one keeps its place", ["a", "(b", "c"], 1, ["a", "c", "(b)"], ["a", "(b)", "c"]],
    ["one that is edited to what is there already goes", ["a", "b"], 1, ["a"], ["a"]],
    ["another may be taken out meanwhile", ["a", "b", "c"], 1, ["c"], ["c"]],
  ])("%s", (_, words, edited, chosen, after) => expect(wordsAfter(words, edited, chosen)).toEqual(after));
});
