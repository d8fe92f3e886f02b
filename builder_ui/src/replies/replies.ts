/** A suggested reply of a message, as the engine sees it: without a postback its text comes back. */
export interface Reply {
  id: string;
  text: string;
  postback: string;
}

/** The replies that a message suggests, wherever they stand in it: below it, in cards, as rows of a list. */
export function repliesOf(content: unknown): Reply[] {
  if (Array.isArray(content)) return content.flatMap(repliesOf);
  if (typeof content !== "object" || content === null) return [];
  const { id, type, text, postback } = content as Record<string, unknown>;
  const isReply = type === "reply" && typeof id === "string" && typeof text === "string";
  const own = isReply ? [{ id, text, postback: typeof postback === "string" ? postback : text }] : [];
  return [...own, ...Object.values(content).flatMap(repliesOf)];
}

const PLACEHOLDER = /\{\{[^{}]*\}\}/;
const SPECIAL = /[\\^$.|?*+()[\]{}]/g;

/** The patterns that take a reply, tapped or typed: its text, and its postback where that is something else. */
export function patternsFor({ text, postback }: Reply): string[] {
  const said = [...new Set([text.trim(), postback.trim()])].filter((one) => one !== "");
  return said.map((one) => `^${one.split(PLACEHOLDER).map((part) => part.replace(SPECIAL, "\\$&")).join(".*")}$`);
}
