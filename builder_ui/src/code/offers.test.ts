import { describe, expect, it } from "vitest";
import type { Known } from "../variables/known";
import { offersAt } from "./offers";

const known: Known[] = [
  { name: "price", of: "step" },
  { name: "attribute.tier", of: "attribute" },
  { name: "contact.phone", of: "contact" },
];
const labels = (before: string) => offersAt(before, "javascript", known, () => "")?.offers.map(({ label }) => label) ?? null;

describe("in a script", () => {
  it.each([
    ["return {{", ["price", "attribute.tier", "contact.phone"]],
    ["vars.pr", ["price"]],
    ['vars["', ["price"]],
    ["attributes.", ["tier"]],
    ["contact.p", ["phone"]],
    ["message?.", ["text", "postback"]],
    ["await http.", ["get", "post", "put", "patch", "delete"]],
    ["email.", ["send"]],
    ["myvars.", null],
    ["x.va", null],
    ["1 + ", null],
  ])("%j is followed by %j", (before, offered) => expect(labels(before)).toEqual(offered));

  it("a word is one of what every script has", () => {
    expect(labels("const a = ht")).toContain("http");
    expect(offersAt("ht", "python", known, () => "")).toMatchObject({ from: 0, end: "" });
  });
});
