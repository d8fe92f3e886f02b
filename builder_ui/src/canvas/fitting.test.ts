import { describe, expect, it } from "vitest";
import { fitting } from "./fitting";

describe("of the buttons of a message as many are shown on its card as have room", () => {
  it.each([
    [["Yes", "No"], 2],
    [["Weekday", "Weekend", "Holiday"], 3],
    [["Weekday", "Weekend", "Holiday", "Never"], 2],
    [["A very long text of a button", "Another one that is as long"], 2],
    [["A very long text of a button", "Another one that is as long", "A third"], 1],
    [[], 0],
  ])("%j: %i", (texts, count) => expect(fitting(texts)).toEqual({ shown: texts.slice(0, count), more: texts.length - count }));
});
