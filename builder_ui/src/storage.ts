/** What the browser keeps for this page. Where it refuses to (blocked or full), memory has to do until the tab closes. */
const PREFIX = "botflow.";
const memory = new Map<string, string>();

/** The value kept under `key`, or `missing` where there is none that can be read. */
export function recall<T>(key: string, missing: T): T {
  try {
    const kept = localStorage.getItem(PREFIX + key) ?? memory.get(key);
    return kept === undefined ? missing : (JSON.parse(kept) as T);
  } catch {
    const kept = memory.get(key);
    return kept === undefined ? missing : (JSON.parse(kept) as T);
  }
}

/** Keep a JSON value under `key`. Gives whether the browser does; if not, this page has it in memory until it closes. */
export function keep(key: string, value: unknown): boolean {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(PREFIX + key, text);
    memory.delete(key);
    return true;
  } catch {
    forget(key); // what was kept before must not come back in place of this
    memory.set(key, text);
    return false;
  }
}

/** The key under which somebody's unsaved work is kept: several people may use a browser. */
export const unsavedKey = (user: string, work: string) => `unsaved.${user}.${work}`;

/** The keys of somebody's unsaved work. */
export const keptOf = (user: string): string[] => keysUnder(unsavedKey(user, ""));

/** The keys that begin so. */
export function keysUnder(begin: string): string[] {
  const kept = new Set(memory.keys());
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) kept.add(key.slice(PREFIX.length));
  } catch {
    // memory has what there is
  }
  return [...kept].filter((key) => key.startsWith(begin));
}

/** Keep nothing under `key` any more. */
export function forget(key: string): void {
  memory.delete(key);
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // there is nothing to forget
  }
}
