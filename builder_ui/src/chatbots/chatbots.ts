import { queryOptions, useQuery } from "@tanstack/react-query";
import { all, answer, api, type Schemas } from "../api/client";
import { queries } from "../api/queries";

export type Chatbot = Schemas["ChatbotView"];
export type Draft = Schemas["DraftView"];
export type Saved = Schemas["SavedView"];
export type ImportBody = Schemas["Import"];
export type ScenarioFile = ImportBody["file"];

const CHATBOTS = "chatbots";

/** Every chatbot of the company. */
export const useChatbots = () =>
  useQuery({ queryKey: [CHATBOTS], queryFn: () => all((query) => api.GET("/api/v1/chatbots", { params: { query } })) });

/** Another page may have published: what was read of chatbots is read again where this is not its newest version. */
export function noticeVersion(id: string, newest: number): void {
  const known = queries.getQueryData<Chatbot[]>([CHATBOTS])?.find((one) => one.id === id);
  if (known && known.newest_version !== newest) void queries.invalidateQueries({ queryKey: [CHATBOTS], exact: true });
}

/** What is being worked on, with everything that is wrong with it. */
export const draftOf = (id: string) =>
  queryOptions({ queryKey: [CHATBOTS, id, "draft"], queryFn: () => answer(api.GET("/api/v1/chatbots/{chatbot_id}/draft", of(id))) });

export const useDraft = (id: string) => useQuery(draftOf(id));

/** The examples that a new chatbot can be made from. */
export const useExamples = () =>
  useQuery({ queryKey: ["examples"], queryFn: () => answer(api.GET("/api/v1/examples")), staleTime: Infinity });

const of = (id: string) => ({ params: { path: { chatbot_id: id } } });

/** Do something that changes chatbots; what was read of them is read again. */
async function changing<Result>(deed: Promise<Result>): Promise<Result> {
  try {
    return await deed;
  } finally {
    void queries.invalidateQueries({ queryKey: [CHATBOTS] });
  }
}

/** Take a file in as a draft (CB-9). Raises a 409 where its id is taken, unless it is to be overwritten. */
export const importFile = (body: ImportBody): Promise<Saved> => changing(answer(api.POST("/api/v1/chatbots/import", { body })));

/** Everything that is wrong with a file; nothing is kept. */
export const checkFile = (file: ScenarioFile): Promise<Schemas["CheckedView"]> =>
  answer(api.POST("/api/v1/chatbots/check", { body: file as never }));

export const copyChatbot = (id: string, copy: Schemas["Copy"]): Promise<Saved> =>
  changing(answer(api.POST("/api/v1/chatbots/{chatbot_id}/copies", { ...of(id), body: copy })));

export const deleteChatbot = (id: string): Promise<unknown> => changing(api.DELETE("/api/v1/chatbots/{chatbot_id}", of(id)));

/** Change settings of a draft on the base of a revision. Raises a 409 where somebody else has changed it meanwhile. */
export const changeChatbot = (id: string, changes: Schemas["Changes"]): Promise<Saved> =>
  changing(answer(api.PATCH("/api/v1/chatbots/{chatbot_id}", { ...of(id), body: changes })));

const place = (id: string, sender: string) => ({ params: { path: { chatbot_id: id, sender_id: sender } } });

/** Let a chatbot run on a sender (CB-10). The answer warns of triggers that collide there (CB-7). */
export const enable = (id: string, sender: string, isDefault: boolean): Promise<Schemas["Enabled"]> =>
  changing(answer(api.PUT("/api/v1/chatbots/{chatbot_id}/senders/{sender_id}", { ...place(id, sender), body: { is_default: isDefault } })));

export const disable = (id: string, sender: string): Promise<unknown> =>
  changing(api.DELETE("/api/v1/chatbots/{chatbot_id}/senders/{sender_id}", place(id, sender)));

/** Where the file of a draft is downloaded from, as `botflow fmt` writes it (CB-9). */
export const fileAddress = (id: string) => `/api/v1/chatbots/${encodeURIComponent(id)}/file`;

/** Where the drafts of several chatbots are downloaded from, with their media in one file; of all where none is named. */
export const fileAddressOfAll = (ids: readonly string[]) =>
  ids.length === 1 ? fileAddress(ids[0]!) : `/api/v1/bundles?${new URLSearchParams(ids.map((id) => ["chatbot", id]))}`;
