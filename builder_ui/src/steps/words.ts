/** Where a message says what it is about, the most telling first. */
const TELLING = ["text", "body", "title", "header", "caption", "name"];

/** What a message says, for the canvas. A draft may hold anything there. */
export function wordsOf(content: unknown): string {
  const said = (content ?? {}) as Record<string, unknown>;
  if (said.type === "text" && said.text === "") return ""; // not written yet
  const words = TELLING.map((field) => said[field]).find((value) => typeof value === "string" && value !== "");
  return (words as string | undefined) ?? "";
}
