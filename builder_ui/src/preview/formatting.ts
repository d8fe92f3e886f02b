/** How WhatsApp marks words: *bold*, _italic_, ~struck~ and ```as typed```. */
const MARKS = { "*": "strong", _: "em", "~": "s", "```": "code" } as const;
type Mark = keyof typeof MARKS;
const MARKED = /```([^`]+)```|(?<![\p{L}\p{N}*])\*(\S(?:[^*\n]*\S)?)\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_])_(\S(?:[^_\n]*\S)?)_(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}~])~(\S(?:[^~\n]*\S)?)~(?![\p{L}\p{N}~])/gu;

export interface Piece {
  text: string;
  tag?: (typeof MARKS)[Mark];
}

/** A text in pieces: plain, or marked. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const found of text.matchAll(MARKED)) {
    if (found.index > end) pieces.push({ text: text.slice(end, found.index) });
    const mark = found[0].startsWith("```") ? "```" : (found[0][0] as Mark);
    pieces.push({ text: found.slice(1).find((inside) => inside !== undefined)!, tag: MARKS[mark] });
    end = found.index + found[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}
