import { describe, expect, it } from "vitest";
import type { Component } from "./components";
import { type Kind, kindOf, KINDS, newTemplate, withKind } from "./kinds";

const BODY: Component = { type: "BODY", text: "Hi {{1}}", example: { body_text: [["Ann"]] } };
const REPLY = { type: "QUICK_REPLY", text: "Yes" };
const start = newTemplate("shop", "en");

describe("a kind", () => {
  const all = Object.entries(KINDS).flatMap(([category, kinds]) => kinds.map((kind) => [category, kind] as const));

  it.each(all)("%s %s is told by its components", (category, kind) => {
    const template = withKind(start, category as keyof typeof KINDS, kind);
    expect([template.category, kindOf(template)]).toEqual([category, kind]);
  });

  it.each(["carousel", "coupon", "offer", "catalog"] as Kind[])("%s goes, and what was written stays", (kind) => {
    const components: Component[] = [{ type: "HEADER", format: "IMAGE" }, BODY, { type: "BUTTONS", buttons: [REPLY] }];
    const there = withKind({ ...start, components }, "marketing", kind);
    expect(there.components).toContainEqual(BODY);
    expect(kindOf(withKind(there, "marketing", "card"))).toBe("card");
  });

  it("keeps the buttons that it may have", () => {
    const components: Component[] = [BODY, { type: "BUTTONS", buttons: [REPLY, { type: "COPY_CODE", example: "A" }] }];
    expect(withKind({ ...start, components }, "marketing", "card").components).toEqual([BODY, { type: "BUTTONS", buttons: [REPLY] }]);
    expect(withKind({ ...start, components }, "marketing", "offer").components.at(-1)).toEqual({
      type: "BUTTONS",
      buttons: [
        { type: "COPY_CODE", example: "A" },
        { type: "URL", text: "", url: "" },
      ],
    });
  });

  it("of a password keeps the apps", () => {
    const oneTap = withKind(start, "authentication", "one_tap");
    const app = { package_name: "com.example.shop", signature_hash: "K8a/AINcGX7" };
    const components = oneTap.components.map((part) => (part.type === "BUTTONS" ? { ...part, buttons: [{ ...part.buttons[0]!, supported_apps: [app] }] } : part));
    expect(JSON.stringify(withKind({ ...oneTap, components }, "authentication", "zero_tap"))).toContain("com.example.shop");
  });
});
