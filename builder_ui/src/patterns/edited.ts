/**
 * Words as somebody has chosen them, each once. While one of them is edited it is not among those that can be chosen: what
 * is new then stands in its place.
 */
export function wordsAfter(words: readonly string[], edited: number | null, chosen: readonly string[]): string[] {
  const once = [...new Set(chosen.map((word) => word.trim()).filter(Boolean))];
  if (edited === null) return once;
  const others = words.filter((_, index) => index !== edited);
  const [kept, added] = [once.filter((word) => others.includes(word)), once.filter((word) => !others.includes(word))];
  const place = kept.filter((word) => words.indexOf(word) < edited).length;
  return kept.toSpliced(place, 0, ...added);
}
