import { describe, expect, it } from "vitest";
import { wordsAfter, wordsKept } from "./edited";

describe("words once something was typed", () => {
  it.each<[string, string[], number | null, string, string[]]>([
    ["a new one comes last", ["a", "b"], null, " c ", ["a", "b", "c"]],
    ["nothing twice", ["a"], null, "a", ["a"]],
    ["nothing empty", ["a"], null, " ", ["a"]],
    ["an edited one keeps its place", ["a", "(b", "c"], 1, "(b)", ["a", "(b)", "c"]],
    ["the first one too", ["a", "b"], 0, "c", ["c", "b"]],
    ["one that is edited to what is there already goes", ["a", "b"], 1, "a", ["a"]],
    ["one that is edited to nothing goes", ["a", "b"], 0, "", ["b"]],
  ])("%s", (_, words, edited, typed, after) => expect(wordsAfter(words, edited, typed)).toEqual(after));
});

describe("what is taken out", () => {
  it.each<[string, string[], number | null, string[], string[]]>([
    ["takes only itself while another is edited", ["a", "b", "c"], 1, ["c"], ["b", "c"]],
    ["goes", ["a", "b", "c"], null, ["a", "b"], ["a", "b"]],
    ["leaves the other one of two that are the same", ["a", "a"], null, ["a"], ["a"]],
  ])("%s", (_, words, edited, kept, after) => expect(wordsKept(words, edited, kept)).toEqual(after));
});
