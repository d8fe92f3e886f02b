import type { Place, Schemas } from "../api/client";

/** The mistakes of a body that was refused, at the fields of the constructor: `content.suggestions[0].text`. */
export const problemsAt = (places: readonly Place[], body: unknown): Schemas["ProblemView"][] =>
  places.map(({ pointer, detail, code = "", values = {} }) => ({ code: "bad_content", rule: code, values, severity: "error", message: detail, field: fieldOf(pointer, body) }));

/** A pointer (RFC 6901) as the path of a field; only what is a list is counted. */
export function fieldOf(pointer: string, body: unknown): string {
  const keys = pointer.split("/").slice(1).map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  let value = body;
  return keys.reduce((path, key) => {
    const isItem = Array.isArray(value);
    value = (value as Record<string, unknown> | null | undefined)?.[key];
    return isItem ? `${path}[${key}]` : path ? `${path}.${key}` : key;
  }, "");
}
