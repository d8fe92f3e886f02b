import { describe, expect, it } from "vitest";
import { suggestedId } from "./ids";

describe("the id that a name suggests", () => {
  it.each([
    ["Pizza order", "pizza-order"],
    ["  ¿Cuánto cuesta?  ", "cuanto-cuesta"],
    ["ТЕСТ", "chatbot"],
    ["", "chatbot"],
    ["a".repeat(100), "a".repeat(60)],
    [`${"a".repeat(59)} b`, "a".repeat(59)],
  ])("%j: %s", (name, id) => expect(suggestedId(name, [])).toBe(id));

  it("is none that is taken", () => {
    expect(suggestedId("Pizza", ["pizza", "pizza-2", "other"])).toBe("pizza-3");
  });
});
