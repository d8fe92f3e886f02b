import { useQuery } from "@tanstack/react-query";
import { all, answer, api, type Schemas } from "../api/client";
import { queries } from "../api/queries";
import type { Check } from "../checkedForm/useCheckedForm";
import type { ConversationTemplate, Draft } from "./draft";

export type Limits = Schemas["ConversationTemplateLimitsView"];

const TEMPLATES = ["conversation-templates"];
const one = (id: string) => ({ params: { path: { conversation_template_id: id } } });

/** Every conversation template of the company, by name. */
export const useConversationTemplates = () =>
  useQuery({ queryKey: TEMPLATES, queryFn: () => all((query) => api.GET("/api/v1/conversation-templates", { params: { query } })) });

export const useConversationTemplate = (id: string) =>
  useQuery({ queryKey: [...TEMPLATES, id], queryFn: () => answer(api.GET("/api/v1/conversation-templates/{conversation_template_id}", one(id))) });

export const useLimits = () =>
  useQuery({ queryKey: ["conversation-template-limits"], queryFn: () => answer(api.GET("/api/v1/conversation-templates/limits")), staleTime: Infinity });

/** Every rule of the server that a draft breaks. */
export const checkOf = (draft: Draft): Check => ({
  queryKey: ["conversation-template-check", draft],
  queryFn: () => answer(api.POST("/api/v1/conversation-templates/check", { body: draft })).then(({ errors }) => errors),
  staleTime: 10_000,
});

export async function makeConversationTemplate(draft: Draft): Promise<ConversationTemplate> {
  return noticed(await answer(api.POST("/api/v1/conversation-templates", { body: draft })));
}

export async function changeConversationTemplate(id: string, draft: Draft): Promise<ConversationTemplate> {
  return noticed(await answer(api.PATCH("/api/v1/conversation-templates/{conversation_template_id}", { ...one(id), body: draft })));
}

export async function deleteConversationTemplate(id: string): Promise<void> {
  await api.DELETE("/api/v1/conversation-templates/{conversation_template_id}", one(id));
  queries.removeQueries({ queryKey: [...TEMPLATES, id] });
  await queries.invalidateQueries({ queryKey: TEMPLATES, exact: true });
}

function noticed(template: ConversationTemplate): ConversationTemplate {
  queries.setQueryData([...TEMPLATES, template.id], template);
  void queries.invalidateQueries({ queryKey: TEMPLATES, exact: true });
  return template;
}
