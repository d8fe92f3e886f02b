import { describe, expect, it } from "vitest";
import { paramsOf } from "./draft";

describe("what a text wants filled", () => {
  it.each([
    ["Hello", []],
    ["Hi {{name}}, {{ order }} is {{name}}'s", ["name", "order"]],
    ["{{contact.name}} {{attribute.first-name}} {{año}}", ["contact.name", "attribute.first-name", "año"]],
    ["{{first name}} {{}} {{.x}} {name}", []],
  ])("in %j is %j", (text, names) => {
    expect(paramsOf(text)).toEqual(names);
  });
});
