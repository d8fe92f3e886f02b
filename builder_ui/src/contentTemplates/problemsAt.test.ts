import { describe, expect, it } from "vitest";
import { fieldOf } from "./problemsAt";

describe("the place of a mistake", () => {
  it.each([
    ["/content/suggestions/2/text", { content: { suggestions: [] } }, "content.suggestions[2].text"],
    ["/content/variables/1", { content: { variables: { "1": "" } } }, "content.variables.1"],
    ["/content/variables/a~1b~0c", { content: { variables: {} } }, "content.variables.a/b~c"],
    ["/content", {}, "content"],
    ["/name", null, "name"],
  ])("%s is the field %s of the constructor", (pointer, body, field) => {
    expect(fieldOf(pointer, body)).toBe(field);
  });
});
