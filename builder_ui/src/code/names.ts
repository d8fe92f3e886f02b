const PLACEHOLDER = /\{\{\s*([^\W\d_][\w-]*(?:\.[\w-]+)*)\s*\}\}/gu;
const MEMBER = /\b(vars|attributes|contact|message)(?:\?)?(?:\.get\(["']([\w-]+)["']|\.([A-Za-z_]\w*)|\[["']([\w-]+)["']\])/g;
const ROOTS: Readonly<Record<string, string>> = { vars: "", attributes: "attribute.", contact: "contact.", message: "message." };
const OWN_ROOTS = ["attribute", "contact", "sender", "thread"];
/** What a mapping has of its own. */
const METHODS = new Set(["get", "items", "keys", "values", "pop", "setdefault", "update", "copy", "clear"]);

/** What a script reads, by the names that placeholders have: what it is tried with. */
export function namesIn(source: string): string[] {
  const names = new Set<string>();
  for (const [, name] of source.matchAll(PLACEHOLDER)) {
    const [root, member] = name!.split(".");
    if (!member || !OWN_ROOTS.includes(root!)) names.add(root!);
    else if (root === "attribute" || root === "contact") names.add(`${root}.${member}`);
  }
  for (const [, root, got, dotted, quoted] of source.matchAll(MEMBER)) {
    const member = got ?? quoted ?? dotted!;
    if (dotted === undefined || !METHODS.has(dotted)) names.add(ROOTS[root!]! + member);
  }
  return [...names];
}
