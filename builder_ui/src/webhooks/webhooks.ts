import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { all, answer, api, type Schemas } from "../api/client";
import { queries } from "../api/queries";

export type Webhook = Schemas["WebhookView"];
export type MadeWebhook = Schemas["MadeWebhook"];
export type NewWebhook = Schemas["NewWebhook"];
export type Kind = NewWebhook["events"][number];
export type Delivery = Schemas["DeliveryView"];
export type DeliveryState = "waiting" | "delivered" | "dead";

/** What a webhook can be told of. */
export const KINDS = [
  "message.received",
  "message.status",
  "thread.started",
  "thread.ended",
  "thread.handed_over",
  "consent.changed",
  "contact.erased",
] as const satisfies readonly Kind[];

const WEBHOOKS = ["webhooks"];
const one = (id: string) => ({ params: { path: { webhook_id: id } } });

export const useWebhooks = () => useQuery({ queryKey: WEBHOOKS, queryFn: () => all((query) => api.GET("/api/v1/webhooks", { params: { query } })) });

export const useWebhook = (id: string) => useQuery({ queryKey: [...WEBHOOKS, id], queryFn: () => answer(api.GET("/api/v1/webhooks/{webhook_id}", one(id))) });

const EVERY_MS = 5_000;

/** What it was told and is to be told, the newest first, page by page. */
export const useDeliveries = (id: string, state: DeliveryState | "") =>
  useInfiniteQuery({
    queryKey: [...WEBHOOKS, id, "deliveries", state],
    queryFn: ({ pageParam }) =>
      answer(api.GET("/api/v1/webhooks/{webhook_id}/deliveries", { params: { path: { webhook_id: id }, query: { ...(state && { state }), ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    refetchInterval: EVERY_MS,
  });

async function changing<Result>(deed: Promise<Result>): Promise<Result> {
  try {
    return await deed;
  } finally {
    void queries.invalidateQueries({ queryKey: WEBHOOKS });
  }
}

export const makeWebhook = (body: NewWebhook): Promise<MadeWebhook> => changing(answer(api.POST("/api/v1/webhooks", { body })));

export const changeWebhook = (id: string, body: Schemas["WebhookChanges"]): Promise<Webhook> => changing(answer(api.PATCH("/api/v1/webhooks/{webhook_id}", { ...one(id), body })));

export const deleteWebhook = (id: string): Promise<unknown> => changing(api.DELETE("/api/v1/webhooks/{webhook_id}", one(id)));

/** Post an event of the type `ping` now, and tell what came of it. */
export const pingWebhook = (id: string): Promise<Schemas["PingView"]> => changing(answer(api.POST("/api/v1/webhooks/{webhook_id}/ping", one(id))));

/** Deliver one event again. */
export const resend = (id: string, event: string): Promise<Schemas["ResentView"]> =>
  changing(answer(api.POST("/api/v1/webhooks/{webhook_id}/deliveries/{event_id}/resend", { params: { path: { webhook_id: id, event_id: event } } })));

/** Deliver every event again that was given up. */
export const resendDead = (id: string): Promise<Schemas["ResentView"]> => changing(answer(api.POST("/api/v1/webhooks/{webhook_id}/resend", one(id))));
