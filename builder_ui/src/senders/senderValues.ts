import { credentialsOf, fieldsOf, typedOf, usualOf, type Value } from "./credentialFields";
import type { Adapter, Sender, SenderBody } from "./senders";

export const STATUSES = ["active", "in_progress", "submitted", "draft", "canceled", "testing", "blocked", "done", "rejected"] as const;
export type Status = (typeof STATUSES)[number];

/** A sender as it stands in a form. */
export interface SenderValues {
  name: string;
  identity: string;
  status: Status;
  rate: string;
  isLiveChatOnly: boolean;
  /** One site a line. */
  origins: string;
  credentials: Record<string, Value>;
}

export const newValues = (adapter: Adapter, name: string): SenderValues => ({
  name,
  identity: "",
  status: "active",
  rate: "",
  isLiveChatOnly: false,
  origins: "",
  credentials: typedOf(fieldsOf(adapter), usualOf(adapter)),
});

export const valuesOf = (adapter: Adapter, sender: Sender): SenderValues => ({
  name: sender.name,
  identity: sender.identity,
  status: sender.status as Status,
  rate: String(sender.rate ?? ""),
  isLiveChatOnly: sender.live_chat_only,
  origins: sender.embed_origins.join("\n"),
  credentials: typedOf(fieldsOf(adapter), sender.credentials),
});

/** The whole sender, as the server wants it. */
export const bodyOf = (adapter: Adapter, values: SenderValues): SenderBody => ({
  name: values.name.trim(),
  adapter: adapter.name,
  identity: values.identity.trim(),
  status: values.status,
  rate: values.rate.trim() === "" ? null : Number(values.rate),
  live_chat_only: values.isLiveChatOnly,
  embed_origins: values.origins.split("\n").map((line) => line.trim()).filter(Boolean),
  credentials: credentialsOf(fieldsOf(adapter), values.credentials),
});
