const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** A time in words, such as "1 hour and 5 minutes". */
export function duration(seconds: number, language: string): string {
  let left = Math.round(seconds);
  const parts = UNITS.flatMap(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count ? [new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count)] : [];
  });
  const none = new Intl.NumberFormat(language, { style: "unit", unit: "second", unitDisplay: "long" }).format(0);
  return parts.length ? new Intl.ListFormat(language, { type: "unit", style: "long" }).format(parts) : none;
}

/** A short time in words, to a tenth of a second. */
export const secondsOf = (seconds: number, language: string): string =>
  new Intl.NumberFormat(language, { style: "unit", unit: "second", unitDisplay: "long", maximumFractionDigits: 1 }).format(seconds);
