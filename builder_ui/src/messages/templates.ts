import type { StoredTemplate } from "../whatsappTemplates/templates";

export const isApproved = ({ status }: Pick<StoredTemplate, "status">) => status === "approved";

/** The template that a content names: of several senders' ones that is approved, as only such a one can be sent. */
export function templateOf<Template extends Pick<StoredTemplate, "name" | "language" | "status">>(templates: readonly Template[], { name, language }: Record<string, unknown>): Template | undefined {
  const named = templates.filter((one) => one.name === name && one.language === language);
  return named.find(isApproved) ?? named[0];
}
