import { expect, it } from "vitest";
import type { Node } from "../scenario/model";
import { BUTTONS, heightOf, HEADER, ROW, SUMMARY } from "./geometry";

it("a condition has a row for anything else only where that is said", () => {
  const asks = { id: "a", kind: "condition", type: "user_response", branches: [{ id: "b", label: "Yes" }] } as unknown as Node;
  expect(heightOf({ ...asks, else: {} } as Node)).toBe(HEADER + 2 * ROW);
  expect(heightOf(asks)).toBe(HEADER + ROW);
});

it("a message with buttons is higher by what they take", () => {
  const says = (content: object) => ({ id: "a", kind: "action", step: { type: "static_message", content } }) as unknown as Node;
  expect(heightOf(says({ type: "text", text: "When?" }))).toBe(HEADER + SUMMARY);
  expect(heightOf(says({ type: "text", text: "When?", suggestions: [{ id: "n", type: "reply", text: "Now" }] }))).toBe(HEADER + SUMMARY + BUTTONS);
});
