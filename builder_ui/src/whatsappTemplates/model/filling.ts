import type { Component, Written } from "./components";
import { replaced } from "./variables";

/** What fills the variables of a template: by `1` or a name in its text, by `header.1` or `header.NAME` in its header. */
export type Values = Readonly<Record<string, string>>;

/** The template with the values of a message in place of its variables, and no samples; a variable without a value stays. */
export const withValues = <Template extends Written>(template: Template, values: Values): Template => ({
  ...template,
  components: template.components.map((part) => filledPart(part, values)),
});

function filledPart(part: Component, values: Values): Component {
  if (part.type !== "BODY" && part.type !== "HEADER") return part;
  const { example: _, text, ...rest } = part;
  const prefix = part.type === "HEADER" ? "header." : "";
  return { ...rest, ...(text !== undefined && { text: replaced(text, (name) => values[prefix + name]) }) } as Component;
}
