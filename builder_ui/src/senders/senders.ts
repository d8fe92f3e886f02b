import { useQuery } from "@tanstack/react-query";
import { all, answer, api, type Schemas } from "../api/client";
import { queries } from "../api/queries";

export type Sender = Schemas["SenderView"];
export type Adapter = Schemas["AdapterView"];
export type SenderBody = Schemas["SenderFields"];

const SENDERS = "senders";

/** Every sender of the company, by name. */
export const useSenders = () =>
  useQuery({ queryKey: [SENDERS], queryFn: () => all((query) => api.GET("/api/v1/senders", { params: { query } })) });

export const useSender = (id: string) =>
  useQuery({ queryKey: [SENDERS, id], queryFn: () => answer(api.GET("/api/v1/senders/{sender_id}", of(id))) });

/** The ways to carry messages, each with the form that connects a sender with it. */
export const useAdapters = () =>
  useQuery({ queryKey: ["adapters"], queryFn: async () => (await answer(api.GET("/api/v1/adapters"))).items, staleTime: Infinity });

const of = (id: string) => ({ params: { path: { sender_id: id } } });

/** Do something that changes senders; what was read of them is read again. */
async function changing<Result>(deed: Promise<Result>): Promise<Result> {
  try {
    return await deed;
  } finally {
    void queries.invalidateQueries({ queryKey: [SENDERS] });
  }
}

export const connectSender = (body: SenderBody): Promise<Sender> => changing(answer(api.POST("/api/v1/senders", { body })));

/** Let a sender be as the body says. A secret that is missing stays as it was. */
export const changeSender = (id: string, body: SenderBody): Promise<Sender> =>
  changing(answer(api.PUT("/api/v1/senders/{sender_id}", { ...of(id), body })));

/** Raises a 409 where chatbots or conversations stand on it. */
export const deleteSender = (id: string): Promise<unknown> => changing(api.DELETE("/api/v1/senders/{sender_id}", of(id)));

/** Try the credentials; where they work, the vendor is told the webhook's address. */
export const testSender = (id: string): Promise<Schemas["TestView"]> =>
  changing(answer(api.POST("/api/v1/senders/{sender_id}/test", of(id))));

export const useWebhook = (id: string) =>
  useQuery({ queryKey: [SENDERS, id, "webhook"], queryFn: () => answer(api.GET("/api/v1/senders/{sender_id}/webhook", of(id))) });

export const renewWebhook = (id: string): Promise<Schemas["WebhookAddressView"]> =>
  changing(answer(api.POST("/api/v1/senders/{sender_id}/webhook", of(id))));
