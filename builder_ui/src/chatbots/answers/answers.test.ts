import { describe, expect, it } from "vitest";
import { ALWAYS } from "../../history/period";
import { csvAddress, queryOf, valueText } from "./answers";

describe("what is asked for", () => {
  it("is everything at first", () => expect(queryOf(ALWAYS, "UTC")).toEqual({}));

  it("holds the last day whole, where whoever asks is", () => {
    expect(queryOf({ version: 0, first: "2026-11-01", last: "2026-11-30" }, "Europe/Madrid")).toEqual({
      version: 0,
      answered_from: "2026-10-31T23:00:00.000Z",
      answered_before: "2026-11-30T23:00:00.000Z",
    });
  });

  it("is the same for the download", () => {
    expect(csvAddress("a/b", {})).toBe("/api/v1/chatbots/a%2Fb/answers.csv");
    expect(csvAddress("pizza", { version: 2, answered_from: "2026-11-01T00:00:00.000Z" })).toBe(
      "/api/v1/chatbots/pizza/answers.csv?version=2&answered_from=2026-11-01T00%3A00%3A00.000Z",
    );
  });
});

it.each([
  ["Large", "Large"],
  [undefined, ""],
  [null, ""],
  [0, "0"],
  [false, "false"],
  [["a", 1], '["a",1]'],
])("the value %j is read as %s", (value, text) => expect(valueText(value)).toBe(text));
