import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { all, answer, api, errorOf, type Schemas } from "../api/client";
import { queries } from "../api/queries";
import { isDrawable, type Scenario } from "../scenario/model";

export type Version = Schemas["VersionView"];
export type Change = Schemas["ChangeView"];
export type Running = NonNullable<Schemas["NewVersion"]["running"]>;

/** A version by its number; null: the draft. */
export type Which = number | null;

/** Which two are compared. */
export interface Pair {
  before: Which;
  after: Which;
}

const of = (id: string) => ({ params: { path: { chatbot_id: id } } });
const ofVersion = (id: string, number: number) => ({ params: { path: { chatbot_id: id, number } } });
const root = (id: string) => ["chatbots", id, "versions"] as const;

/** Every published version, the newest first (ED-5). */
export const useVersions = (id: string) =>
  useQuery({ queryKey: root(id), queryFn: () => all((query) => api.GET("/api/v1/chatbots/{chatbot_id}/versions", { params: { path: { chatbot_id: id }, query } })) });

/** What one does differently from another. */
export const useComparison = (id: string, { before, after }: Pair, revision?: number) =>
  useQuery({
    queryKey: [...root(id), "comparison", before, after, revision],
    queryFn: () =>
      answer(
        api.GET("/api/v1/chatbots/{chatbot_id}/comparison", {
          params: { path: { chatbot_id: id }, query: { ...(before !== null && { before }), ...(after !== null && { after }) } },
        }),
      ),
  });

/** The file as `botflow fmt` writes it (CB-9). */
export const useFile = (id: string, which: Which, revision?: number) =>
  useQuery({ queryKey: [...root(id), "file", which, which === null ? revision : undefined], queryFn: () => fileOf(id, which) });

/** What a version, or the draft, is; null where it cannot be drawn. */
export const useScenarioOf = (id: string, which: Which) =>
  useQuery({ queryKey: [...root(id), "scenario", which], queryFn: async () => drawable(JSON.parse(await fileOf(id, which))) });

const drawable = (document: unknown): Scenario | null => (isDrawable(document) ? document : null);

/** Where a version's file is downloaded from; the draft's for null. */
export const fileAddressOf = (id: string, which: Which) => `/api/v1/chatbots/${encodeURIComponent(id)}/${which === null ? "" : `versions/${which}/`}file`;

async function fileOf(id: string, which: Which): Promise<string> {
  const response = await fetch(fileAddressOf(id, which));
  if (!response.ok) throw await errorOf(response);
  return response.text();
}

/** Publish the draft, as it was seen at a revision. */
export const publish = (id: string, revision: number | undefined, running: Running, note: string) =>
  changing(answer(api.POST("/api/v1/chatbots/{chatbot_id}/versions", { ...of(id), body: { note, running, ...(revision !== undefined && { revision }) } })));

/** Publish an old version again, as a new one. */
export const rollBack = (id: string, number: number, running: Running, note: string) =>
  changing(answer(api.POST("/api/v1/chatbots/{chatbot_id}/versions/{number}/rollback", { ...ofVersion(id, number), body: { note, running } })));

/** Make an old version the draft, in place of the revision that was seen. Raises a 409 where somebody else has changed it. */
export const restore = (id: string, number: number, revision: number) =>
  changing(answer(api.POST("/api/v1/chatbots/{chatbot_id}/versions/{number}/restore", { ...ofVersion(id, number), body: { revision } })));

/** What publishing the draft would mean now, with the chats that run, by version. */
export const useImpact = (id: string) => useQuery({ queryKey: impactOf(id), queryFn: () => readImpact(id), staleTime: 0, gcTime: 0 });

/** The same for a draft as it was saved last, once it is; what it meant before is shown until that has come. */
export const useImpactOf = (id: string, revision: number, isSaved: boolean) =>
  useQuery({ queryKey: [...impactOf(id), revision], queryFn: () => readImpact(id), staleTime: 0, gcTime: 0, enabled: isSaved, placeholderData: keepPreviousData });

const impactOf = (id: string) => ["chatbots", id, "impact"];
const readImpact = (id: string) => answer(api.GET("/api/v1/chatbots/{chatbot_id}/impact", of(id)));

async function changing<Result>(deed: Promise<Result>): Promise<Result> {
  try {
    return await deed;
  } finally {
    void queries.invalidateQueries({ queryKey: ["chatbots"] });
  }
}
