import { describe, expect, it } from "vitest";
import { fixedPart, hasPlaceholder, lengthIn } from "./counting";
import { segmentsOf } from "./segments";

describe("the length of a text (MS-1 to MS-11)", () => {
  it("is what the channel counts", () => {
    const text = "Olé 👍";
    expect(lengthIn("characters", text)).toBe(5);
    expect(lengthIn("utf16", text)).toBe(6);
    expect(lengthIn("bytes", text)).toBe(9);
    expect(lengthIn("sms", text)).toBe(1);
  });

  it("leaves out what values will fill", () => {
    expect(fixedPart("Hi {{name}}, {{ attribute.city }}!")).toBe("Hi , !");
    expect(hasPlaceholder("Hi {{name}}")).toBe(true);
    expect(hasPlaceholder("Hi {name}")).toBe(false);
  });
});

describe("parts of an SMS (MS-1)", () => {
  it.each([
    ["", "gsm7", 1, 160],
    ["a".repeat(160), "gsm7", 1, 0],
    ["a".repeat(161), "gsm7", 2, 145],
    ["a".repeat(306), "gsm7", 2, 0],
    ["a".repeat(307), "gsm7", 3, 152],
    ["€".repeat(80), "gsm7", 1, 0],
    ["€".repeat(81), "gsm7", 2, 143], // a part takes 76 pairs, its last septet stays empty
    ["ж".repeat(70), "ucs2", 1, 0],
    ["ж".repeat(71), "ucs2", 2, 63],
    ["👍".repeat(35), "ucs2", 1, 0],
    ["👍".repeat(36), "ucs2", 2, 61], // 33 pairs fit 67 units
    ["ñ¿Ñ", "gsm7", 1, 157],
    ["á", "ucs2", 1, 69], // á is not of the GSM alphabet, à is
  ])("of %j: %s, %d, %d left", (text, encoding, parts, remaining) => {
    expect(segmentsOf(text)).toMatchObject({ encoding, parts, remaining });
  });
});
