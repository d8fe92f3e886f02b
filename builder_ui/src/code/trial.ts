import { answer, api, type Schemas } from "../api/client";

export type TriedScript = Schemas["TriedScriptView"];
export type Script = Pick<Schemas["ScriptTrial"], "language" | "source"> & { channel?: string; message_type?: string };

/** What a service would answer. */
export interface ServiceAnswer {
  match: string;
  status: number;
  text: string;
}

type Values = Readonly<Record<string, string>>;

/** A typed value: JSON where it is JSON, such as a number or a list; otherwise the text. */
export function valueOf(typed: string): unknown {
  try {
    return JSON.parse(typed) as unknown;
  } catch {
    return typed;
  }
}

/** What the server is asked to run: the values that were typed are put where a script finds them. */
export function trialOf(script: Script, names: readonly string[], typed: Values, http: readonly ServiceAnswer[]): Schemas["ScriptTrial"] {
  const given = names.filter((name) => (typed[name] ?? "") !== "");
  const under = (root: string) => Object.fromEntries(given.filter((name) => name.startsWith(root)).map((name) => [name.slice(root.length), valueOf(typed[name]!)]));
  const roots = ["attribute.", "contact.", "message."];
  const variables = given.filter((name) => !roots.some((root) => name.startsWith(root))).map((name) => [name, valueOf(typed[name]!)]);
  return {
    ...script,
    variables: Object.fromEntries(variables) as Record<string, unknown>,
    attributes: under("attribute."),
    contact: under("contact."),
    message: names.some((name) => name.startsWith("message.")) ? texts(under("message.")) : null,
    http: http.filter(({ match }) => match.trim() !== "").map((one) => ({ ...one, headers: {} })),
  };
}

/** What a contact writes is a text, also where it looks like a number. */
const texts = (values: Record<string, unknown>) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]));

export const tryScript = (trial: Schemas["ScriptTrial"]): Promise<TriedScript> => answer(api.POST("/api/v1/scripts/trial", { body: trial }));
