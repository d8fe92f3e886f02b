import type { ComponentType } from "react";
import type { ObjectFieldsProps } from "./ObjectFields";
import { ShowLocationForm } from "./ShowLocationForm";
import { TemplateForm } from "./TemplateForm";

/** Objects whose fields are not edited one by one: a choice comes first. */
export const OWN_FORMS: Partial<Record<string, ComponentType<ObjectFieldsProps>>> = {
  RcsShowLocation: ShowLocationForm,
  WhatsAppTemplate: TemplateForm,
};
