import type { Sender } from "../senders/senders";
import type { Status } from "../senders/senderValues";
import type { Entry } from "./draft";

/** A sender ID: applied for, connected, or both. */
export interface SenderId {
  id: string;
  name: string;
  identity: string;
  channel: string;
  status: Status;
  created_at: string;
  registration?: Entry;
  sender?: Sender;
}

export interface Wanted {
  channel: string | null;
  status: string | null;
}

/** The sender that an approved application became: of its channel, and known to the vendor by the same name. */
export const senderOf = ({ channel, identity }: Entry, senders: readonly Sender[]): Sender | undefined =>
  senders.find((sender) => identity !== "" && sender.channel === channel && sender.identity === identity);

/** Every sender ID once, the newest first: applications with the senders that they became, and the other senders. */
export function senderIds(registrations: readonly Entry[], senders: readonly Sender[]): SenderId[] {
  const applied = registrations.map((registration): SenderId => {
    const { id, name, identity, channel, status, created_at } = registration;
    const sender = senderOf(registration, senders);
    return { id, name, identity, channel, status, created_at, registration, ...(sender && { sender }) };
  });
  const taken = new Set(applied.map(({ sender }) => sender));
  const others = senders
    .filter((sender) => !taken.has(sender))
    .map((sender): SenderId => {
      const { id, name, identity, channel, status, created_at } = sender;
      return { id: `sender ${id}`, name, identity, channel, status: status as Status, created_at, sender };
    });
  return [...applied, ...others].sort((one, other) => other.created_at.localeCompare(one.created_at));
}

/** Those of a channel and a status; null: of any. */
export const matching = (ids: readonly SenderId[], { channel, status }: Wanted) =>
  ids.filter((one) => (channel === null || one.channel === channel) && (status === null || one.status === status));
