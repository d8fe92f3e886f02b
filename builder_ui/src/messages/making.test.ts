import { describe, expect, it } from "vitest";
import { CHANNELS, OBJECTS } from "./content";
import { type Channel, kindOf, typesOf } from "./kinds";
import { asType, newMessage, newObject, type Words } from "./making";
import { objectsIn } from "./values";

const WORDS: Words = { open_list: "Choose" };

const SIZES = [
  { id: "s", type: "reply", text: "Small", postback: "small" },
  { id: "l", type: "reply", text: "Large" },
];

describe("a new message", () => {
  it("of each type is what the server is asked about in tests/runtime/content", async () => {
    const messages = (Object.keys(CHANNELS) as Channel[]).flatMap((channel) => typesOf(channel).map((type) => ({ channel, content: newMessage(channel, type, WORDS) })));
    const suggestions = Object.keys(OBJECTS).filter((name) => /^Rcs/.test(name) && "id" in kindOf(name).fields);
    const every = { channel: "rcs", content: { ...newMessage("rcs", "text", WORDS), suggestions: suggestions.map((name) => newObject(name, WORDS)) } };
    let count = 0; // ids are made by chance
    const named = JSON.stringify([...messages, every], (key, value: unknown) => (key === "id" ? `id of ${count++}` : value), 2);
    await expect(`${named}\n`).toMatchFileSnapshot("newMessages.json");
  });
});

describe("a change of type", () => {
  it("keeps the text and what can be tapped, with their ids", () => {
    const text = { type: "text", text: "Which size?", suggestions: SIZES, "x-note": "ours" };
    const card = asType("webchat", "card", text, WORDS);
    expect(card).toEqual({ type: "card", title: "", text: "Which size?", suggestions: SIZES, "x-note": "ours" });
    expect(asType("webchat", "text", card, WORDS)).toEqual(text);
    expect(asType("webchat", "file", text, WORDS)).toEqual({ type: "file", caption: "Which size?", suggestions: SIZES, "x-note": "ours" });
  });

  it("makes rows of buttons, and buttons of rows", () => {
    const list = asType("whatsapp", "list", { type: "card", text: "Which size?", buttons: SIZES }, WORDS);
    expect(list).toEqual({ type: "list", text: "Which size?", button: "Choose", sections: [{ rows: SIZES }] });
    const described = { ...list, sections: [{ rows: [{ ...SIZES[0], description: "For one" }] }, { title: "More", rows: [SIZES[1]] }] };
    expect(asType("whatsapp", "card", described, WORDS)).toEqual({ type: "card", text: "Which size?", buttons: SIZES });
  });

  it("gives one button to a message that has one", () => {
    const link = { id: "a", type: "open_url", text: "Open", url: "https://example.com" };
    const card = asType("viber", "card", { type: "text", text: "Hi", button: link }, WORDS);
    expect(card).toEqual({ type: "card", text: "Hi", button: link });
  });

  it("gives the text of a card that has none the place of one", () => {
    expect(asType("rcs", "text", { type: "card", title: "Only a title" }, WORDS)).toEqual({ type: "text", text: "Only a title" });
  });

  it("takes whatever a draft holds", () => {
    for (const odd of [{}, { type: 7, text: 5 }, { suggestions: "none", text: null }, { suggestions: [null, 3, { id: 1 }] }, { sections: [[[]]], media: [] }])
      for (const channel of Object.keys(CHANNELS) as Channel[])
        for (const type of typesOf(channel)) expect(asType(channel, type, odd, WORDS).type).toBe(type);
  });

  it("never gives two things one id", () => {
    const both = asType("rcs", "card", { type: "text", text: "Hi", suggestions: SIZES }, WORDS);
    const ids = objectsIn(both).flatMap(({ id }) => (typeof id === "string" ? [id] : []));
    expect(ids).toEqual(["s", "l"]);
  });
});
