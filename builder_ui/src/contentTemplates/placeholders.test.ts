import { describe, expect, it } from "vitest";
import { placeholdersIn } from "./placeholders";

it("are found wherever they stand, each once", () => {
  const content = { type: "card", title: "Hi {{ contact.name }}", buttons: [{ text: "{{order}} of {{contact.name}}" }, 5, null] };
  expect(placeholdersIn(content)).toEqual(["contact.name", "order"]);
});

describe("what is none", () => {
  it.each(["{name}", "{{}}", "{{a b}}", "{{.a}}"])("%s", (text) => expect(placeholdersIn(text)).toEqual([]));
});
