import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { all, answer, api, type Schemas } from "../api/client";
import { queries } from "../api/queries";
import type { Content } from "../messages/values";

export type ContentTemplate = Schemas["ContentTemplateView"];

/** What is written of one. */
export interface Draft {
  name: string;
  channel: string;
  content: Content;
}

const TEMPLATES = ["content-templates"];
const one = (id: string) => ({ params: { path: { content_template_id: id } } });

/** Every content template of the company; `channel`: those of one. */
export const useContentTemplates = (channel?: string, enabled = true) =>
  useQuery({
    queryKey: [...TEMPLATES, "of", channel ?? "all"],
    queryFn: () => all((query) => api.GET("/api/v1/content-templates", { params: { query: { ...query, ...(channel && { channel }) } } })),
    enabled,
  });

export const useContentTemplate = (id: string) =>
  useQuery({ queryKey: [...TEMPLATES, id], queryFn: () => answer(api.GET("/api/v1/content-templates/{content_template_id}", one(id))) });

/** What is wrong with a content by the server's rules, and what it wants filled; what was found before stays till there is an answer. */
export const useCheck = ({ channel, content }: Draft) =>
  useQuery({
    queryKey: ["content-template-check", channel, content],
    queryFn: () => answer(api.POST("/api/v1/content-templates/check", { body: { channel, content: { ...content } } })),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });

/** Keep a new one. Raises an ApiError that names every mistake at its place. */
export async function makeContentTemplate({ name, channel, content }: Draft): Promise<ContentTemplate> {
  return noticed(await answer(api.POST("/api/v1/content-templates", { body: { name, channel, content: { ...content } } })));
}

export async function changeContentTemplate(id: string, { name, content }: Draft): Promise<ContentTemplate> {
  return noticed(await answer(api.PATCH("/api/v1/content-templates/{content_template_id}", { ...one(id), body: { name, content: { ...content } } })));
}

export async function deleteContentTemplate(id: string): Promise<void> {
  await api.DELETE("/api/v1/content-templates/{content_template_id}", one(id));
  queries.removeQueries({ queryKey: [...TEMPLATES, id] });
  await queries.invalidateQueries({ queryKey: [...TEMPLATES, "of"] });
}

function noticed(template: ContentTemplate): ContentTemplate {
  queries.setQueryData([...TEMPLATES, template.id], template);
  void queries.invalidateQueries({ queryKey: [...TEMPLATES, "of"] });
  return template;
}
