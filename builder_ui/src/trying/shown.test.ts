import { expect, test } from "vitest";
import { firstOpen, messagesOf, typingOf } from "./shown";
import type { TriedTurn } from "./transcript";

const turn = {
  messages: [{ id: "m1", node: "say", text: "Hi", content: { type: "text", text: "Hi" }, delay_ms: 0 }],
  now: "2026-01-01T00:00:00.000Z",
} as unknown as TriedTurn;

test("what the contact sent stands before what the chatbot said", () => {
  const shown = messagesOf(3, { in: "hello" }, turn);
  expect(shown.map(({ direction, content }) => [direction, content.text])).toEqual([
    ["in", "hello"],
    ["out", "Hi"],
  ]);
});

test("a file is shown by its name, a place by where it is", () => {
  expect(messagesOf(0, { in: { attachment: "photo.jpg" } }, turn)[0]?.content.text).toBe("photo.jpg");
  expect(messagesOf(0, { in: { location: [1, 2] } }, turn)[0]?.content.location).toEqual([1, 2]);
});

test("what is on its way is seen already", () => {
  expect(messagesOf(0, { in: "hello" }, undefined).map(({ status }) => status)).toEqual(["sending"]);
});

test("suggestions can be tapped until the contact writes", () => {
  expect(firstOpen([{ operator: { start_at: "a" } }, { wait: 3 }])).toBe(0);
  expect(firstOpen([{ operator: { start_at: "a" } }, { in: "x" }, { wait: 3 }])).toBe(1);
});

test("is seen typing before the messages that say so", () => {
  const said = (id: string, delay_ms: number) => ({ id, node: "say", text: id, content: { type: "text", text: id }, delay_ms });
  const turn = { messages: [said("a", 0), said("b", 1500)] } as unknown as TriedTurn;
  expect([...typingOf(turn)]).toEqual([["b", 1.5]]);
  expect(typingOf(undefined).size).toBe(0);
});
