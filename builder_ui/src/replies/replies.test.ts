import { describe, expect, it } from "vitest";
import { patternsFor, repliesOf } from "./replies";

const reply = (text: string, postback = text) => ({ id: "r", text, postback });

describe("the replies of a message", () => {
  it("are found wherever they stand", () => {
    const content = {
      type: "carousel",
      cards: [{ title: "A", buttons: [{ id: "a", type: "reply", text: "Take A" }, { id: "u", type: "open_url", text: "See", url: "https://example.com" }] }],
      suggestions: [{ id: "n", type: "reply", text: "None", postback: "NONE" }],
    };
    expect(repliesOf(content)).toEqual([
      { id: "a", text: "Take A", postback: "Take A" },
      { id: "n", text: "None", postback: "NONE" },
    ]);
  });

  it.each([null, 5, "text", [], { suggestions: "none" }, { suggestions: [null, { id: 5, type: "reply", text: "x" }, { id: "a", type: "reply" }] }])("of %j are none", (content) =>
    expect(repliesOf(content)).toEqual([]),
  );
});

describe("the patterns for a reply", () => {
  it.each([
    [reply("Small"), ["^Small$"]],
    [reply("Small", "S"), ["^Small$", "^S$"]],
    [reply(" Why? (1+1) "), ["^Why\\? \\(1\\+1\\)$"]],
    [reply("Hi {{name}}!", "hi"), ["^Hi .*!$", "^hi$"]],
    [reply(""), []],
  ])("%j are %j", (one, patterns) => expect(patternsFor(one)).toEqual(patterns));
});
