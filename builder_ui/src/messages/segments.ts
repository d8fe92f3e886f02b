import { SMS } from "./content";

/** What a text costs as SMS: septets for `gsm7`, 16-bit units for `ucs2`. */
export interface Segments {
  encoding: "gsm7" | "ucs2";
  used: number;
  parts: number;
  /** What still fits the last part. */
  remaining: number;
}

const EXTENSION = new Set(SMS.extension);
const GSM7 = new Set(SMS.basic + SMS.extension);

/** Count the parts of an SMS as the runtime cuts it: no escape pair and no surrogate pair is cut in two (MS-1). */
export function segmentsOf(text: string): Segments {
  const characters = [...text];
  const encoding = characters.every((one) => GSM7.has(one)) ? "gsm7" : "ucs2";
  const costs = characters.map((one) => (encoding === "gsm7" ? (EXTENSION.has(one) ? 2 : 1) : one.length));
  const used = costs.reduce((sum, cost) => sum + cost, 0);
  const { single, part } = SMS[encoding];
  if (used <= single) return { encoding, used, parts: 1, remaining: single - used };
  let parts = 1;
  let length = 0;
  for (const cost of costs) {
    if (length + cost > part) [parts, length] = [parts + 1, 0];
    length += cost;
  }
  return { encoding, used, parts, remaining: part - length };
}
