import { describe, expect, it } from "vitest";
import type { Component } from "./components";
import { emojiIn, lengthOf } from "./lengths";
import { partsOf } from "./naming";
import { moved } from "../../items/moved";
import { pointerOf, valueAt, withValue } from "./place";
import { shownOf } from "./shown";

describe("places", () => {
  const root = { list: [{ text: "a" }], other: {} };

  it("are read and written, and what was before stays", () => {
    const place = ["list", 0, "text"];
    expect(valueAt(root, place)).toBe("a");
    expect(withValue(root, place, "b").list).toEqual([{ text: "b" }]);
    expect(root.list[0]!.text).toBe("a");
    expect(valueAt(root, ["none", 0])).toBeUndefined();
  });

  it("have the server's names", () => expect(pointerOf(["a/b", 0, "c~"])).toBe("/a~1b/0/c~0"));

  it("change with their neighbours", () => {
    expect(moved(["a", "b", "c"], 1, -1)).toEqual(["b", "a", "c"]);
    expect(moved(["a", "b"], 1, 1)).toEqual(["a", "b"]);
  });
});

describe("lengths", () => {
  it("are counted as the server does", () => expect(lengthOf("a😀")).toBe(2));
  it("of emoji are as a person counts", () => expect(emojiIn("👩‍👩‍👧 👍🏽 🇪🇸 1 text")).toBe(3));
});

const CARD = { components: [{ type: "BODY", text: "Card" }, { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "Yes" }] }] as Component[] };

describe("names of places", () => {
  const components: Component[] = [
    { type: "BODY", text: "Hi" },
    { type: "BUTTONS", buttons: [{ type: "OTP", supported_apps: [] }] },
    { type: "CAROUSEL", cards: [CARD] },
  ];

  it.each([
    ["/name", [{ name: "name" }]],
    ["/components", [{ name: "template" }]],
    ["/components/0/example/body_text/0/1", [{ name: "body" }]],
    ["/components/1/buttons", [{ name: "buttons" }]],
    ["/components/1/buttons/0/text", [{ name: "button", number: 1 }]],
    ["/components/1/buttons/0/supported_apps/1/package_name", [{ name: "app", number: 2 }]],
    ["/components/2/cards", [{ name: "cards" }]],
    ["/components/2/cards/0/components/1/buttons/0/text", [{ name: "card", number: 1 }, { name: "button", number: 1 }]],
  ])("%s", (pointer, parts) => expect(partsOf(pointer, components)).toEqual(parts));
});

describe("a template on the phone", () => {
  const words = { code: "1234", recommendation: "Do not share.", expires: (minutes: number) => `${minutes} min`, copy_code: "Copy", autofill: "Fill" };
  const shown = (category: "marketing" | "authentication", ...components: unknown[]) =>
    shownOf({ name: "a", language: "en", category, components: components as Component[] }, words);

  it("has its samples in it", () => {
    const header = { type: "HEADER", format: "TEXT", text: "Order {{1}}", example: { header_text: ["81"] } };
    const body = { type: "BODY", text: "Hi {{1}}", example: { body_text: [["Ann"]] } };
    expect(shown("marketing", header, body, { type: "FOOTER", text: "Bye" })).toEqual({ header: { text: "Order 81" }, body: "Hi Ann", footer: "Bye", buttons: [] });
  });

  it("has its cards and its offer", () => {
    const found = shown("marketing", { type: "CAROUSEL", cards: [CARD] }, { type: "LIMITED_TIME_OFFER", limited_time_offer: { text: "Soon" } });
    expect(found.cards).toEqual([{ body: "Card", buttons: [{ icon: "back", text: "Yes" }] }]);
    expect(found.offer).toEqual({ text: "Soon", ends: false });
  });

  it("has WhatsApp's words where it is a password", () => {
    const parts = [{ type: "BODY", add_security_recommendation: true }, { type: "FOOTER", code_expiration_minutes: 5 }];
    const code = (otp_type: string) => shown("authentication", ...parts, { type: "BUTTONS", buttons: [{ type: "OTP", otp_type }] });
    expect(code("ONE_TAP")).toEqual({ body: "1234 Do not share.", footer: "5 min", buttons: [{ icon: "file", text: "Fill" }] });
    expect(code("ZERO_TAP").buttons).toEqual([]);
  });
});
