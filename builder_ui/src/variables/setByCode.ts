const ASSIGNED = /\bvars(?:\.([A-Za-z_]\w*)|\[["']([\w-]+)["']\])\s*(?:=(?!=)|[-+*/]=)/g;
const RETURNED = /\breturn\s*\{([^{}]*)\}/g;
const KEY = /^\s*(?:([A-Za-z_]\w*)|["']([\w-]+)["'])\s*(?::|$)/;

/** The variables that a script sets, as far as its text tells: what it assigns, and the keys of plain objects that it returns. */
export function setByCode(source: unknown, saveAs: unknown): string[] {
  if (typeof source !== "string") return [];
  const assigned = [...source.matchAll(ASSIGNED)].map(([, member, key]) => (member ?? key)!);
  const kept = typeof saveAs === "string" && saveAs !== "" ? [saveAs] : returnedKeys(source);
  return [...new Set([...kept, ...assigned])];
}

function returnedKeys(source: string): string[] {
  const members = [...source.matchAll(RETURNED)].flatMap(([, inside]) => inside!.split(","));
  return members.flatMap((member) => {
    const key = KEY.exec(member);
    return key ? [(key[1] ?? key[2])!] : [];
  });
}
