/** The contact of a chat as it is typed. */
export interface TypedContact {
  phone: string;
  name: string;
  language: string;
  /** One a line: name = value. */
  attributes: string;
  /** What else it says, which is not typed here. */
  rest: Record<string, unknown>;
}

const text = (value: unknown): string => (typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value));

/** A contact to be typed. */
export function typedContact(contact: Record<string, unknown> = {}): TypedContact {
  const { phone, name, language, attributes, ...rest } = contact;
  const lines = Object.entries((attributes ?? {}) as object).map(([key, value]) => `${key} = ${typeof value === "string" && isPlain(value) ? value : JSON.stringify(value)}`);
  return { phone: text(phone), name: text(name), language: text(language), attributes: lines.join("\n"), rest };
}

/** The contact that was typed; undefined: nothing was, so the usual one chats. */
export function contactOf({ phone, name, language, attributes, rest }: TypedContact): Record<string, unknown> | undefined {
  const lines = attributes.split("\n").filter((line) => line.trim());
  const pairs = lines.map((line): [string, unknown] => {
    const [key = "", ...value] = line.split("=");
    return [key.trim(), valueOf(value.join("=").trim())];
  });
  const known = Object.entries({ phone, name, language }).flatMap(([key, value]): [string, unknown][] => (value.trim() ? [[key, value.trim()]] : []));
  const contact = { ...rest, ...Object.fromEntries(known), ...(pairs.length && { attributes: Object.fromEntries(pairs) }) };
  return Object.keys(contact).length ? contact : undefined;
}

/** A value that is JSON means what it says; all else is a text. */
function valueOf(typed: string): unknown {
  try {
    return JSON.parse(typed) as unknown;
  } catch {
    return typed;
  }
}

/** Whether a text is read as itself again. */
const isPlain = (value: string) => valueOf(value) === value && value === value.trim() && !value.includes("\n");
