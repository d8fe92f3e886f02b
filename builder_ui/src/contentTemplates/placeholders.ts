/** As the runtime finds names: letters, digits and underscores, with parts after dots. */
const PLACEHOLDER = /\{\{\s*([\p{L}\p{N}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)*)\s*\}\}/gu;

/** The names that a content wants a text for, each once, in order of appearance. */
export function placeholdersIn(content: unknown): string[] {
  return [...new Set(textsIn(content).flatMap((text) => Array.from(text.matchAll(PLACEHOLDER), ([, name]) => name!)))];
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
