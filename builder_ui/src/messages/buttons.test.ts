import { expect, it } from "vitest";
import { buttonsOf } from "./buttons";

const reply = (text: string) => ({ id: text, type: "reply", text });

it.each([
  ["below a text", { type: "text", text: "When?", suggestions: [reply("Now"), { id: "w", type: "open_url", text: "Web", url: "https://a.example" }, reply(" ")] }, ["Now", "Web"]],
  ["in cards", { type: "carousel", cards: [{ title: "One", text: "1", buttons: [reply("A")] }, { title: "Two", buttons: [reply("B")] }] }, ["A", "B"]],
  ["as rows of a list", { type: "list", text: "Which?", button: "See", sections: [{ title: "All", rows: [reply("A")] }] }, ["A"]],
  ["the one of a message", { type: "text", text: "Look", button: { text: "Open", url: "https://a.example" } }, ["Open"]],
  ["none", { type: "text", text: "Hello", id: "odd" }, []],
  ["of what is no message", "Hello", []],
])("the buttons of a message: %s", (_, content, texts) => expect(buttonsOf(content)).toEqual(texts));
