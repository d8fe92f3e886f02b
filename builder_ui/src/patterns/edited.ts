/** Words once what was typed is among them: in the place of the one that was edited (null: none was), else last; each once. */
export function wordsAfter(words: readonly string[], edited: number | null, typed: string): string[] {
  const place = edited ?? words.length;
  const others = words.filter((_, index) => index !== edited);
  const word = typed.trim();
  return word && !others.includes(word) ? others.toSpliced(place, 0, word) : others;
}

/** Words of which only these are kept, in their order; the one that is edited stays, whatever it was. */
export function wordsKept(words: readonly string[], edited: number | null, kept: readonly string[]): string[] {
  const left = [...kept];
  return words.filter((word, index) => index === edited || (left[0] === word && left.shift() !== undefined));
}
