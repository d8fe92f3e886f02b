/** What a scenario names by key: import can give each key another one that is here (CB-9). */
export const KINDS = ["chatbots", "departments", "assets", "templates"] as const;
export type Kind = (typeof KINDS)[number];

/** By kind: which key of the file is which one here; an empty text leaves it as it is. */
export type Mapping = Readonly<Record<Kind, Readonly<Record<string, string>>>>;

export const NOTHING_MAPPED: Mapping = { chatbots: {}, departments: {}, assets: {}, templates: {} };

/** What the server is asked to rename. */
export const renamed = (mapping: Mapping): Record<Kind, Record<string, string>> => {
  const chosen = (kind: Kind) => Object.fromEntries(Object.entries(mapping[kind]).filter(([, key]) => key !== ""));
  return { chatbots: chosen("chatbots"), departments: chosen("departments"), assets: chosen("assets"), templates: chosen("templates") };
};
