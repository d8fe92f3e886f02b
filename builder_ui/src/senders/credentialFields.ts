/** The form of an adapter's credentials, read from their JSON Schema. */

export type Kind = "secret" | "text" | "number" | "switch" | "choice" | "numbers";
export type Value = string | boolean;

export interface CredentialField {
  name: string;
  title: string;
  help: string;
  kind: Kind;
  isRequired: boolean;
  choices: readonly string[];
}

interface Part {
  type?: string;
  title?: string;
  description?: string;
  enum?: string[];
  anyOf?: Part[];
}

/** Of an adapter: what its form is made of. */
interface Form {
  credentials: Readonly<Record<string, unknown>>;
  secrets: readonly string[];
}

/** Above this many fields, those that are seldom needed are folded. */
const ROOM = 10;

export function fieldsOf({ credentials, secrets }: Form): CredentialField[] {
  const { properties = {}, required = [] } = credentials as { properties?: Record<string, Part>; required?: string[] };
  return Object.entries(properties).map(([name, part]) => ({
    name,
    title: sentenceCase(part.title ?? name),
    help: part.description ?? "",
    kind: secrets.includes(name) ? "secret" : kindOf(part),
    isRequired: required.includes(name),
    choices: part.enum ?? [],
  }));
}

/** Fields that everybody fills in, and those that are right for most as they are. */
export function folded(fields: readonly CredentialField[]): { shown: CredentialField[]; more: CredentialField[] } {
  const isShown = (field: CredentialField) => fields.length <= ROOM || field.isRequired || field.kind === "secret";
  return { shown: fields.filter(isShown), more: fields.filter((field) => !isShown(field)) };
}

/** `Api Version` as a label: `Api version`. */
const sentenceCase = (title: string) => title.charAt(0) + title.slice(1).toLowerCase();

function kindOf(part: Part): Kind {
  if (part.enum) return "choice";
  const type = part.type ?? part.anyOf?.find((one) => one.type !== "null")?.type;
  if (type === "boolean") return "switch";
  if (type === "integer" || type === "number") return "number";
  return type === "array" ? "numbers" : "text";
}

/** What is shown in the fields of the values that are kept; of secrets nothing. */
export function typedOf(fields: readonly CredentialField[], kept: Readonly<Record<string, unknown>>): Record<string, Value> {
  return Object.fromEntries(fields.map(({ name, kind }) => [name, kind === "secret" ? "" : typed(kept[name])]));
}

function typed(value: unknown): Value {
  if (typeof value === "boolean") return value;
  return Array.isArray(value) ? value.join(", ") : String(value ?? "");
}

/** What the schema says is usual, for a sender that is new. */
export function usualOf({ credentials }: Form): Record<string, unknown> {
  const { properties = {} } = credentials as { properties?: Record<string, { default?: unknown }> };
  return Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, part.default]));
}

/** The credentials to send. What is left empty is left out, so that a secret stays and the rest is as usual. */
export function credentialsOf(fields: readonly CredentialField[], values: Readonly<Record<string, Value>>): Record<string, unknown> {
  const filled = fields.filter(({ name }) => values[name] !== "" && values[name] !== undefined);
  return Object.fromEntries(filled.map(({ name, kind }) => [name, read(kind, values[name]!)]));
}

function read(kind: Kind, value: Value): unknown {
  if (typeof value === "boolean") return value;
  if (kind === "number") return number(value);
  return kind === "numbers" ? value.split(/[\s,]+/).filter(Boolean).map(number) : value;
}

/** What is no number stays as it was typed: the server says what is wrong with it. */
const number = (text: string) => (Number.isNaN(Number(text)) ? text : Number(text));
