import { useQuery } from "@tanstack/react-query";
import { all, answer, api, type Schemas } from "../api/client";
import type { Check } from "../checkedForm/useCheckedForm";
import { queries } from "../api/queries";
import type { Draft, Written } from "./model/components";

export type StoredTemplate = Schemas["WhatsAppTemplateView"];
export type Imported = Schemas["ImportedView"];
export type Sender = Schemas["SenderView"];
export type Limits = Schemas["TemplateLimitsView"];

const TEMPLATES = ["whatsapp-templates"];
/** Statuses that WhatsApp will change. */
const REVIEWED: readonly string[] = ["submitted", "pending"];
const REVIEW_MS = 5_000;
/** Statuses in which the server lets a template be changed and handed in. */
const OPEN: readonly string[] = ["draft", "rejected"];

export const isOpen = (template: StoredTemplate) => OPEN.includes(template.status);

export const useTemplates = () =>
  useQuery({ queryKey: TEMPLATES, queryFn: () => all((query) => api.GET("/api/v1/whatsapp-templates", { params: { query } })) });

const one = (id: string) => ({ params: { path: { whatsapp_template_id: id } } });

/** One template; while WhatsApp reviews it, it is asked for again. */
export const useTemplate = (id: string) =>
  useQuery({
    queryKey: [...TEMPLATES, id],
    queryFn: () => answer(api.GET("/api/v1/whatsapp-templates/{whatsapp_template_id}", one(id))),
    refetchInterval: ({ state }) => (REVIEWED.includes(state.data?.status ?? "") ? REVIEW_MS : false),
  });

export const useLimits = () =>
  useQuery({ queryKey: ["whatsapp-template-limits"], queryFn: () => answer(api.GET("/api/v1/whatsapp-templates/limits")), staleTime: Infinity });

/** The senders that have WhatsApp templates. */
export const useWhatsAppSenders = () =>
  useQuery({
    queryKey: ["senders"],
    queryFn: () => all((query) => api.GET("/api/v1/senders", { params: { query } })),
    select: (senders) => senders.filter(({ channel }) => channel === "whatsapp"),
  });

/** Every rule of the server that a template breaks. */
export const checkOf = (template: Written): Check => ({
  queryKey: ["whatsapp-template-check", bodyOf(template)],
  queryFn: () => answer(api.POST("/api/v1/whatsapp-templates/check", { body: bodyOf(template) })).then(({ errors }) => errors),
  staleTime: Infinity,
});

const bodyOf = ({ name, language, category, components }: Written) => ({
  name,
  language,
  category,
  components: components as unknown as Record<string, unknown>[],
});

export async function makeTemplate(draft: Draft): Promise<StoredTemplate> {
  return noticed(await answer(api.POST("/api/v1/whatsapp-templates", { body: { sender: draft.sender, ...bodyOf(draft) } })));
}

export async function changeTemplate(id: string, draft: Draft): Promise<StoredTemplate> {
  const { category, components } = bodyOf(draft);
  return noticed(await answer(api.PATCH("/api/v1/whatsapp-templates/{whatsapp_template_id}", { ...one(id), body: { category, components } })));
}

/** Hand it in. What WhatsApp does not take raises, and its reason stays with the template. */
export async function submitTemplate(id: string): Promise<StoredTemplate> {
  try {
    return noticed(await answer(api.POST("/api/v1/whatsapp-templates/{whatsapp_template_id}/submit", one(id))));
  } catch (error) {
    await queries.invalidateQueries({ queryKey: TEMPLATES });
    throw error;
  }
}

export async function deleteTemplate(id: string): Promise<void> {
  await api.DELETE("/api/v1/whatsapp-templates/{whatsapp_template_id}", one(id));
  queries.removeQueries({ queryKey: [...TEMPLATES, id] });
  await queries.invalidateQueries({ queryKey: TEMPLATES, exact: true });
}

export async function importTemplates(sender: string): Promise<Imported> {
  const imported = await answer(api.POST("/api/v1/whatsapp-templates/import", { body: { sender } }));
  await queries.invalidateQueries({ queryKey: TEMPLATES });
  return imported;
}

function noticed(template: StoredTemplate): StoredTemplate {
  queries.setQueryData([...TEMPLATES, template.id], template);
  void queries.invalidateQueries({ queryKey: TEMPLATES, exact: true });
  return template;
}
