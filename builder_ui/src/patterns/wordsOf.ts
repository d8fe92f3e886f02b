/** What stands for more than itself in a pattern. */
const SPECIAL = /[\\^$.|?*+()[\]{}]/;
const ESCAPED = /\\([^\p{L}\p{N}])/gu;

/** The text that a pattern stands for, letter by letter; null: it stands for several. */
function literalOf(pattern: string): string | null {
  const isPlain = !SPECIAL.test(pattern.replace(ESCAPED, ""));
  return isPlain ? pattern.replace(ESCAPED, "$1") : null;
}

/** What a contact writes to fit a pattern, where it is one text or a choice of several; otherwise the pattern itself. */
export function wordsOf(pattern: string): string[] {
  const whole = /^\^(.*)\$$/s.exec(pattern)?.[1] ?? pattern;
  const choice = /^\((?:\?:)?(.*)\)$/s.exec(whole)?.[1];
  const words = (choice?.split("|") ?? [whole]).map(literalOf);
  return words.every((word) => word) ? (words as string[]) : [pattern];
}
