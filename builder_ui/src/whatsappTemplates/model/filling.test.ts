import { expect, it } from "vitest";
import type { Component } from "./components";
import { withValues } from "./filling";
import { newTemplate } from "./kinds";
import { shownOf } from "./shown";

const WORDS = { code: "", recommendation: "", expires: () => "", copy_code: "", autofill: "" };
const COMPONENTS: Component[] = [
  { type: "HEADER", format: "TEXT", text: "Order {{1}}", example: { header_text: ["A1"] } },
  { type: "BODY", text: "Hello {{name}}, {{2}} and {{3}}", example: { body_text: [["Ann", "sample", "sample"]] } },
  { type: "FOOTER", text: "Thanks" },
];
const shown = (values: Record<string, string>) => shownOf(withValues({ ...newTemplate("shop", "en"), components: COMPONENTS }, values), WORDS);

it("a message of a template is shown with its values, and what has none with its variable", () => {
  expect(shown({ name: "Bo", "2": "two", "3": "", "header.1": "B7" })).toMatchObject({ header: { text: "Order B7" }, body: "Hello Bo, two and {{3}}", footer: "Thanks" });
});

it("a value that looks like a variable is shown as it is", () => {
  expect(shown({ name: "{{2}}", "2": "two" }).body).toBe("Hello {{2}}, two and {{3}}");
});
