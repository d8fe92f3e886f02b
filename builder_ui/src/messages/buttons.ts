import { contentOf, isContent, objectsIn, textOf } from "./values";

const known = new WeakMap<object, string[]>();

/** What the buttons of a message say, wherever they stand in it: below it, in cards, as rows of a list. */
export function buttonsOf(content: unknown): string[] {
  if (!isContent(content)) return [];
  let buttons = known.get(content);
  if (!buttons) known.set(content, (buttons = buttonsIn(content)));
  return buttons;
}

function buttonsIn(content: object): string[] {
  const { button } = contentOf(content);
  const tapped = objectsIn(Object.values(content)).filter((one) => typeof one.id === "string" || one === button);
  return tapped.map(({ text }) => textOf(text).trim()).filter(Boolean);
}
