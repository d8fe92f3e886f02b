/** What a message says, for the canvas. A draft may hold anything there. */
export function wordsOf(content: unknown): string {
  const { text, body, type } = (content ?? {}) as { text?: unknown; body?: unknown; type?: unknown };
  if (type === "text" && text === "") return ""; // not written yet
  return ([text, body, type].find((value) => typeof value === "string" && value !== "") as string | undefined) ?? "";
}
