import { describe, expect, it } from "vitest";
import { piecesOf } from "./formatting";

describe("marked text", () => {
  it("is bold, italic, struck, or as typed", () => {
    expect(piecesOf("Hi *Ann*, _now_ ~10~ ```8```!")).toEqual([
      { text: "Hi " },
      { text: "Ann", tag: "strong" },
      { text: ", " },
      { text: "now", tag: "em" },
      { text: " " },
      { text: "10", tag: "s" },
      { text: " " },
      { text: "8", tag: "code" },
      { text: "!" },
    ]);
  });

  it("leaves marks that mark nothing", () => {
    for (const text of ["2 * 3 * 4", "snake_case_name", "* a *", "**", "one *", ""]) expect(piecesOf(text).map((piece) => piece.text).join("")).toBe(text);
    expect(piecesOf("snake_case_name")).toEqual([{ text: "snake_case_name" }]);
  });
});
