import { expect, it } from "vitest";
import { asOrdered, inOrder } from "./places";

const sender = (id: string) => ({ id });
const chatbot = (...places: [string, boolean][]) => ({ senders: places.map(([sender, is_default]) => ({ sender, is_default })) });
const ids = (senders: { id: string }[]) => senders.map(({ id }) => id).join(" ");

const SENDERS = ["taken", "free", "here", "shared", "mine"].map(sender);

it("where the chatbot runs comes first, then what has no default chatbot, then what has one", () => {
  const one = chatbot(["here", false], ["mine", true]);
  expect(ids(inOrder(SENDERS, one, [one, chatbot(["taken", true], ["shared", false], ["here", true])]))).toBe("here mine free shared taken");
});

it("the order that was seen first stays, and what is new comes last", () => {
  expect(ids(asOrdered(SENDERS, ["free", "here", "mine"]))).toBe("free here mine taken shared");
});
