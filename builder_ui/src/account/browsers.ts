/** The first that a browser's own name of itself has in it; several name the others too. */
const BROWSERS = [
  ["Edg", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
] as const;
const SYSTEMS = [
  ["Windows", "Windows"],
  ["Android", "Android"],
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Mac OS X", "macOS"],
  ["CrOS", "ChromeOS"],
  ["Linux", "Linux"],
] as const;

const MOST_CHARACTERS = 60;

/** A browser and its system in short, such as "Firefox, Linux"; what is not known as it calls itself. */
export function browserOf(agent: string): string {
  const first = (names: readonly (readonly [string, string])[]) => names.find(([sign]) => agent.includes(sign))?.[1];
  const known = [first(BROWSERS), first(SYSTEMS)].filter(Boolean);
  return known.length > 0 ? known.join(", ") : agent.slice(0, MOST_CHARACTERS);
}
