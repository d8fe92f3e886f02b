import { CHANNELS, OBJECTS } from "./content";

/** What a vendor counts when it limits a text. */
export type Unit = "characters" | "utf16" | "bytes" | "sms";

/** What may stand in a field, as the runtime's types say (content.ts). */
export type FieldKind = { required?: true; default?: string | number } & (
  | { kind: "text" | "texts"; most: number; unit: Unit }
  | { kind: "key" | "url" | "phone" | "moment"; most: number }
  | { kind: "number" | "integer"; least: number; most: number }
  | { kind: "choice"; values: readonly (string | number)[] }
  | { kind: "media"; formats: readonly string[]; most: number }
  | { kind: "object"; of: string }
  | { kind: "list"; least: number; most: number; of: readonly string[] }
);
export type Kind = FieldKind["kind"];
export type Field<K extends Kind = Kind> = FieldKind & { kind: K };

export interface ObjectKind {
  /** What its `type` says; left out for an object that has none. */
  type?: string;
  fields: { readonly [name: string]: FieldKind };
}

export type Channel = keyof typeof CHANNELS;
export type ObjectName = keyof typeof OBJECTS;

export const isChannel = (channel: string): channel is Channel => Object.hasOwn(CHANNELS, channel);

const TYPES: Record<Channel, Partial<Record<string, ObjectName>>> = CHANNELS;
const KINDS: Partial<Record<string, ObjectKind>> = OBJECTS;

/** The content types of a channel. */
export const typesOf = (channel: Channel): string[] => Object.keys(TYPES[channel]);

/** The object that a content type of a channel is; undefined for a type that the channel does not have. */
export const objectOf = (channel: Channel, type: unknown): ObjectName | undefined =>
  typeof type === "string" && Object.hasOwn(TYPES[channel], type) ? TYPES[channel][type] : undefined;

export function kindOf(name: string): ObjectKind {
  const kind = KINDS[name];
  if (kind === undefined) throw new Error(`content has no ${name}`);
  return kind;
}

export const fieldsOf = (name: string): [string, FieldKind][] => Object.entries(kindOf(name).fields);

/** Which of these objects a value is, by its `type`; the only one where there is no choice. */
export function namedBy(value: unknown, names: readonly string[]): string | undefined {
  const type = (value as { type?: unknown } | null)?.type;
  return names.find((name) => kindOf(name).type === type) ?? (names.length === 1 && kindOf(names[0]!).type === undefined ? names[0] : undefined);
}
