const DAY_MS = 86_400_000;

/** When a day such as 2026-11-28, or the one so many days later, begins in a time zone (RFC 3339). */
export function beginOfDay(day: string, timeZone: string, later = 0): string {
  const midnight = Date.parse(`${day}T00:00:00Z`) + later * DAY_MS;
  // the clocks may be changed between midnight there and midnight in Greenwich
  return new Date(midnight - aheadAt(midnight - aheadAt(midnight, timeZone), timeZone)).toISOString();
}

/** How many milliseconds a time zone is ahead of UTC at a moment. */
function aheadAt(moment: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const found = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day, hour, minute, second } = found;
  return Date.UTC(year, month - 1, day, hour, minute, second) - moment;
}
