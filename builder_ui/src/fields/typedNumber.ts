/** What somebody types into a field for numbers: a number as soon as it is one, until then the text, which the check objects to; undefined: nothing. */
export function typedNumber(typed: string): number | string | undefined {
  const text = typed.trim().replace(",", ".");
  if (text === "") return undefined;
  // "0." and "1e" are on the way to a number, and would be another text as one
  return String(Number(text)) === text && Number.isFinite(Number(text)) ? Number(text) : text;
}
