import { describe, expect, it } from "vitest";
import { CHANNELS } from "./content";
import { type Channel, typesOf } from "./kinds";
import { shownOf } from "./shown";

const WORDS = { send_location: "Send location", template: "Template", listen: "Listen" };

describe("a message on the phone", () => {
  it("has its buttons inside, and what can be chosen below", () => {
    const content = { type: "card", title: "Pizza", text: "Hot", buttons: [{ id: "a", type: "reply", text: "Order" }], suggestions: [{ id: "b", type: "dial", text: "Call" }] };
    expect(shownOf("rcs", content, WORDS)).toMatchObject([{ title: "Pizza", body: "Hot", buttons: [{ text: "Order" }], chips: [{ icon: "phone", text: "Call" }] }]);
  });

  it("is two messages where RCS sends the caption after the file (MS-12)", () => {
    const file = { type: "file", media: { url: "https://example.com/a.png" }, caption: "Our shop" };
    expect(shownOf("rcs", file, WORDS)).toHaveLength(2);
    expect(shownOf("whatsapp", file, WORDS)).toMatchObject([{ body: "Our shop" }]);
  });

  it("shows a list with its groups and rows", () => {
    const list = { type: "list", text: "Which?", button: "Choose", sections: [{ title: "Round", rows: [{ id: "a", type: "reply", text: "Small", description: "For one" }] }] };
    expect(shownOf("whatsapp", list, WORDS)[0]?.list).toEqual({ button: "Choose", sections: [{ title: "Round", rows: [{ text: "Small", description: "For one" }] }] });
  });

  it("shows whatever a draft holds", () => {
    for (const odd of [null, [], { text: 5, suggestions: [null, 3], button: [], media: "x" }, { cards: {}, sections: [null], variables: [] }, { media: { asset: 1, url: {} } }])
      for (const channel of Object.keys(CHANNELS) as Channel[])
        for (const type of [...typesOf(channel), "unheard of", "constructor"]) expect(shownOf(channel, Array.isArray(odd) ? odd : { ...odd, type }, WORDS)).toBeInstanceOf(Array);
  });
});
