import type { Known } from "../variables/known";

/** Something that a script can use. */
export interface Offer {
  label: string;
  detail: string;
}

export interface Offers {
  /** Where what was typed begins. */
  from: number;
  offers: Offer[];
  /** Written behind what is chosen. */
  end: string;
}

const GLOBALS: readonly Offer[] = [
  { label: "vars", detail: "" },
  { label: "attributes", detail: "" },
  { label: "contact", detail: "" },
  { label: "message", detail: "" },
  { label: "run", detail: "" },
  { label: "log", detail: "(…)" },
  { label: "http", detail: "get, post, put, patch, delete" },
  { label: "email", detail: "send" },
];
const HTTP = ["get", "post", "put", "patch", "delete"];
const CALLS = {
  javascript: { http: "(url, {headers, json, body, timeout})", email: "({to, subject, text, html})" },
  python: { http: "(url, headers=, json=, body=, timeout=)", email: "(to=, subject=, text=, html=)" },
} as const;

export type Language = keyof typeof CALLS;

const PLACEHOLDER = /\{\{\s*([\w.-]*)$/;
const MEMBER = /\b(vars|attributes|contact|message|run|http|email)(\??\.|\[["'])([\w-]*)$/;
const WORD = /(?:^|[^\w.])([A-Za-z_]\w*)$/;

/** What can be written at the end of a text of a script (docs/reference/code-steps.md); null: nothing of ours. */
export function offersAt(before: string, language: Language, known: readonly Known[], describe: (one: Known) => string): Offers | null {
  const placeholder = PLACEHOLDER.exec(before);
  if (placeholder) return { from: before.length - placeholder[1]!.length, offers: known.map((one) => ({ label: one.name, detail: describe(one) })), end: "}}" };
  const member = MEMBER.exec(before);
  if (member) return { from: before.length - member[3]!.length, offers: membersOf(member[1]!, language, known, describe), end: "" };
  const word = WORD.exec(before);
  return word ? { from: before.length - word[1]!.length, offers: [...GLOBALS], end: "" } : null;
}

function membersOf(root: string, language: Language, known: readonly Known[], describe: (one: Known) => string): Offer[] {
  const below = (prefix: string) => known.filter(({ name }) => name.startsWith(prefix)).map((one) => ({ label: one.name.slice(prefix.length), detail: describe(one) }));
  const members: Readonly<Record<string, () => Offer[]>> = {
    vars: () => known.filter((one) => one.of === "step").map((one) => ({ label: one.name, detail: describe(one) })),
    attributes: () => below("attribute."),
    contact: () => below("contact."),
    message: () => ["text", "postback"].map((label) => ({ label, detail: "" })),
    run: () => [{ label: "id", detail: "" }],
    http: () => HTTP.map((label) => ({ label, detail: CALLS[language].http })),
    email: () => [{ label: "send", detail: CALLS[language].email }],
  };
  return members[root]!();
}
