import { type Channel, fieldsOf, type FieldKind, kindOf, namedBy, objectOf } from "./kinds";
import { type Content, isContent, listOf, objectsIn, textOf, withField } from "./values";

/** The words that new things begin with, in the language of whoever writes. What contacts read is the author's to write. */
export interface Words {
  open_list: string;
}

const ID_LENGTH = 6;
const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** A new id of a suggestion. By chance: a branch that follows one that was removed must not follow the next one. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(ID_LENGTH)), (byte) => LETTERS[byte % LETTERS.length]).join("");
}

/** A new object of content with what it must have; what only the author knows is empty, or stays away. */
export function newObject(name: string, words: Words): Content {
  const { type, fields } = kindOf(name);
  const starts = fieldsOf(name).flatMap(([field, kind]): [string, unknown][] => {
    const value = STARTS[`${name}.${field}`]?.(words) ?? startOf(kind, words);
    return value === undefined ? [] : [[field, value]];
  });
  return { ...(type !== undefined && { type }), ...("id" in fields && { id: newId() }), ...Object.fromEntries(starts) };
}

/** Fields that begin otherwise: a card is nothing without a title, a notification nothing without a text. */
const STARTS: Record<string, (words: Words) => unknown> = {
  "WhatsAppList.button": ({ open_list }) => open_list,
  "WebchatCard.title": () => "",
  "RcsCard.title": () => "",
  "RcsCarouselCard.title": () => "",
  "PushNotification.header": () => "",
};

function startOf(kind: FieldKind, words: Words): unknown {
  if (!kind.required) return undefined;
  if (kind.kind === "text") return "";
  if (kind.kind === "choice") return kind.values[0];
  if (kind.kind === "object") return newObject(kind.of, words);
  if (kind.kind === "list") return Array.from({ length: kind.least }, () => newObject(kind.of[0]!, words));
  return undefined;
}

/** A new message of a channel's type. */
export const newMessage = (channel: Channel, type: string, words: Words): Content => newObject(objectOf(channel, type)!, words);

/** The fields that hold what a message says, the most telling first. */
const SAYING = ["text", "caption", "body", "title", "header", "name", "subject"];

const saidBy = (content: Content) => SAYING.map((field) => textOf(content[field])).find(Boolean);

/** A message as another type: what fits stays, its text and what can be tapped too, with their ids. */
export function asType(channel: Channel, type: string, before: Content, words: Words): Content {
  const name = objectOf(channel, type)!;
  return withTapped(name, withSaid(name, asObject(name, before, words), before), before, words);
}

function fits(kind: FieldKind, value: unknown): boolean {
  if (kind.kind === "list") return Array.isArray(value) && value.every((item) => namedBy(item, kind.of) !== undefined);
  if (kind.kind === "object") return isContent(value) && namedBy(value, [kind.of]) !== undefined;
  if (kind.kind === "media" || kind.kind === "texts") return isContent(value);
  if (kind.kind === "choice") return kind.values.includes(value as string);
  return typeof value === "string" || typeof value === "number";
}

/** With the text of the message before, where no field of the same name took it. */
function withSaid(name: string, next: Content, before: Content): Content {
  const said = saidBy(before);
  const place = SAYING.find((field) => kindOf(name).fields[field]?.kind === "text");
  const isThere = SAYING.some((field) => field in next && next[field] === before[field]);
  return said === undefined || place === undefined || isThere ? next : withField(next, place, said);
}

const TAPPED = ["suggestions", "buttons", "button"];

/** With the suggestions of the message before that its new type takes, where none has its own place. */
function withTapped(name: string, next: Content, before: Content, words: Words): Content {
  const known = new Set(objectsIn(next).map(({ id }) => id));
  const loose = objectsIn(before).filter(({ id, type }) => typeof id === "string" && typeof type === "string" && !known.has(id));
  const taken = (of: readonly string[]) => loose.flatMap((one) => converted(one, of.find((option) => kindOf(option).type === one.type), words));
  for (const place of TAPPED) {
    const kind = kindOf(name).fields[place];
    const items = kind?.kind === "list" ? taken(kind.of) : kind?.kind === "object" ? taken([kind.of]) : [];
    if (items.length > 0) return withField(next, place, kind?.kind === "list" ? [...listOf(next[place]), ...items] : items[0]);
  }
  const rows = "sections" in kindOf(name).fields ? taken(["WhatsAppRow"]) : [];
  return rows.length > 0 ? withField(next, "sections", [{ rows }]) : next;
}

function converted(value: Content, name: string | undefined, words: Words): Content[] {
  return name === undefined ? [] : [asObject(name, value, words)];
}

/** An object as another one, such as a suggestion of another kind: what fits stays. */
export function asObject(name: string, before: Content, words: Words): Content {
  const kept = fieldsOf(name).filter(([field, kind]) => field in before && fits(kind, before[field]));
  const own = Object.entries(before).filter(([field]) => field.startsWith("x-"));
  return { ...newObject(name, words), ...Object.fromEntries([...own, ...kept.map(([field]) => [field, before[field]] as const)]) };
}
