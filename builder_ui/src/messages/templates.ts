import type { StoredTemplate } from "../whatsappTemplates/templates";

/** Whether it is the template that a content names. */
export const isNamed = (template: StoredTemplate, name: unknown, language: unknown) => template.name === name && template.language === language;

export const isApproved = ({ status }: StoredTemplate) => status === "approved";
