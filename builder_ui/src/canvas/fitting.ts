/** About how wide the marks of buttons are on a card, in its pixels (NodeCard.module.css). */
const ROOM = 232;
const MOST = 110;
const PADDING = 18;
const LETTER = 6.5;
const GAP = 6;
const MORE = 30;

const widthOf = (text: string) => Math.min(MOST, PADDING + LETTER * [...text].length);

/** The first texts that have room beside each other as marks, and how many more there are. */
export function fitting(texts: readonly string[]): { shown: readonly string[]; more: number } {
  let used = 0;
  for (const [index, text] of texts.entries()) {
    used += widthOf(text);
    const isLast = index === texts.length - 1;
    if (used + (isLast ? 0 : GAP + MORE) > ROOM) return { shown: texts.slice(0, index), more: texts.length - index };
    used += GAP;
  }
  return { shown: texts, more: 0 };
}
