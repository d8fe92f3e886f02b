import { describe, expect, it } from "vitest";
import { wordsOf } from "./words";

describe("what a message says on the canvas", () => {
  it.each([
    [{ type: "text", text: "Hello" }, "Hello"],
    [{ type: "text", text: "" }, ""],
    [{ type: "card", title: "Pizza", text: "Of the day" }, "Of the day"],
    [{ type: "card", title: "Pizza" }, "Pizza"],
    [{ type: "file", caption: "The menu" }, "The menu"],
    [{ type: "template", name: "order_sent" }, "order_sent"],
    [{ type: "carousel", cards: [] }, ""],
    [{ type: 5 }, ""],
    [null, ""],
  ])("of %j is %j", (content, words) => expect(wordsOf(content)).toBe(words));
});
