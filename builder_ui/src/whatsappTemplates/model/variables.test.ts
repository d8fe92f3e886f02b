import { describe, expect, it } from "vitest";
import { newTemplate } from "./kinds";
import { filled, nextVariable, variablesIn, withSamples } from "./variables";

describe("variables", () => {
  it("are found in order", () => expect(variablesIn("{{2}} and {{ 1 }} {{}}")).toEqual(["2", "1", ""]));

  it("have the first free number", () => {
    expect(nextVariable("")).toBe("{{1}}");
    expect(nextVariable("{{1}} {{3}}")).toBe("{{2}}");
  });

  it("are filled with their samples, or stay", () => expect(filled("{{2}} {{1}} {{3}} {{x}}", ["a", "b", ""])).toBe("b a {{3}} {{x}}"));
});

describe("samples", () => {
  const template = (...components: ReturnType<typeof newTemplate>["components"]) => ({ ...newTemplate("shop", "en"), components });

  it("are as many as there are variables", () => {
    const more = withSamples(template({ type: "BODY", text: "{{1}} {{2}}", example: { body_text: [["Ann"]] } } as never));
    expect(more.components).toEqual([{ type: "BODY", text: "{{1}} {{2}}", example: { body_text: [["Ann", ""]] } }]);
    expect(withSamples({ ...more, components: [{ ...more.components[0]!, text: "Hi" }] }).components).toEqual([{ type: "BODY", text: "Hi" }]);
  });

  it("are those of headers, addresses and cards too", () => {
    const inside = [
      { type: "HEADER", format: "TEXT", text: "{{1}}" },
      { type: "BUTTONS", buttons: [{ type: "URL", text: "Open", url: "https://example.com/{{1}}" }] },
    ];
    const found = withSamples({ ...newTemplate("shop", "en"), components: [{ type: "CAROUSEL", cards: [{ components: inside }] }] } as never) as { components: unknown };
    expect(found.components).toEqual([
      {
        type: "CAROUSEL",
        cards: [
          {
            components: [
              { type: "HEADER", format: "TEXT", text: "{{1}}", example: { header_text: [""] } },
              { type: "BUTTONS", buttons: [{ type: "URL", text: "Open", url: "https://example.com/{{1}}", example: [""] }] },
            ],
          },
        ],
      },
    ]);
  });

  it("of media stay", () => {
    const header = { type: "HEADER", format: "IMAGE", example: { header_handle: ["4::a"] } };
    expect(withSamples(template(header as never)).components).toEqual([header]);
  });
});
