import type { Component, ComponentType } from "./components";

const NAMES = {
  HEADER: "header",
  BODY: "body",
  FOOTER: "footer",
  BUTTONS: "buttons",
  CAROUSEL: "cards",
  LIMITED_TIME_OFFER: "offer",
} as const satisfies Record<ComponentType, string>;
const ITEMS = { buttons: "button", cards: "card", supported_apps: "app" } as const;

type Named = { name: (typeof NAMES)[ComponentType] | (typeof ITEMS)[keyof typeof ITEMS] | "name" | "sender" | "language" | "template"; number?: number };

/** A place in words that a person knows: which card, which button. */
export function partsOf(pointer: string, components: readonly Component[]): Named[] {
  const [first, ...keys] = pointer.split("/").slice(1);
  if (first === "name" || first === "sender" || first === "language") return [{ name: first }];
  const parts = first === "components" ? inside(keys, components) : [];
  return parts.length > 0 ? parts : [{ name: "template" }];
}

function inside([index, ...keys]: string[], components: readonly Component[]): Named[] {
  const part = components[Number(index)];
  if (index === undefined || !part) return [];
  const [list, at, ...rest] = keys;
  const item = ITEMS[list as keyof typeof ITEMS];
  if (!item || at === undefined) return [{ name: NAMES[part.type] }];
  const named: Named = { name: item, number: Number(at) + 1 };
  if (part.type === "CAROUSEL") return [named, ...inside(rest.slice(1), part.cards[Number(at)]?.components ?? [])];
  return rest[0] === "supported_apps" && rest[1] !== undefined ? [{ name: "app", number: Number(rest[1]) + 1 }] : [named];
}
