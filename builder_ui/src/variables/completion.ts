import type { Known } from "./known";

/** One way to go on. */
export interface Suggested {
  label: string;
  /** What it is, for people. */
  detail: string;
  /** What takes the place of what was typed, and where the caret stands in it then; at its end when left out. */
  insert: string;
  caret?: number;
}

/** What was typed between `from` and `to` can be completed so. */
export interface Completion {
  from: number;
  to: number;
  options: Suggested[];
}

export type Complete = (text: string, caret: number) => Completion | null;

const MOST = 50;
const OPEN = /\{\{\s*([\w.-]*)$/;

/** Where a placeholder is being typed: its two braces are open before the caret. */
export function openBraces(text: string, caret: number): { from: number; to: number; typed: string } | null {
  const found = OPEN.exec(text.slice(0, caret));
  if (!found) return null;
  const closed = /^[\w.-]*\s*\}\}/.exec(text.slice(caret));
  return { from: found.index, to: caret + (closed?.[0].length ?? 0), typed: found[1]! };
}

/** Completes `{{` with what is known here. */
export const placeholderCompletion =
  (known: readonly Known[], describe: (one: Known) => string): Complete =>
  (text, caret) => {
    const open = openBraces(text, caret);
    if (!open) return null;
    const typed = open.typed.toLowerCase();
    const fitting = known.filter(({ name }) => name.toLowerCase().includes(typed));
    const first = fitting.filter(({ name }) => name.toLowerCase().startsWith(typed));
    const options = [...first, ...fitting.filter((one) => !first.includes(one))].slice(0, MOST);
    return { from: open.from, to: open.to, options: options.map((one) => ({ label: one.name, detail: describe(one), insert: `{{${one.name}}}` })) };
  };

/** A text in which an option has taken the place of what was typed, and where the caret is then. */
export function accepted(text: string, { from, to }: Completion, { insert, caret = insert.length }: Suggested): { text: string; caret: number } {
  return { text: text.slice(0, from) + insert + text.slice(to), caret: from + caret };
}
