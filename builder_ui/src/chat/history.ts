import type { Message } from "./protocol";

/** The history with `incoming` added: each message once (the newer copy wins), in the order of the conversation. */
export function merge(history: readonly Message[], incoming: readonly Message[]): Message[] {
  const byId = new Map(history.map((message) => [message.id, message]));
  for (const message of incoming) byId.set(message.id, message);
  return [...byId.values()].sort((first, second) => first.sequence - second.sequence);
}

/** The history with one message's delivery status changed. */
export function withStatus(history: readonly Message[], id: string, status: string): Message[] {
  return history.map((message) => (message.id === id ? { ...message, status } : message));
}

/** The newest sequence seen; 0 for none. */
export const lastSequence = (history: readonly Message[]) => history.at(-1)?.sequence ?? 0;

/** Up to where the history is final: a message of the person may still be read while nobody watches. */
export function settledSequence(history: readonly Message[]): number {
  const open = history.find((message) => message.direction === "in" && message.status !== "seen");
  return open ? open.sequence - 1 : lastSequence(history);
}

/** Ids of the messages whose suggestions can still be tapped: what the chatbot sent since the person last wrote. */
export function openMessages(history: readonly Message[], closedBefore: number): Set<string> {
  const lastIn = history.findLast((message) => message.direction === "in")?.sequence ?? 0;
  const since = Math.max(lastIn, closedBefore);
  return new Set(history.filter((message) => message.sequence > since).map((message) => message.id));
}

const MINUTE = 16; // of an ISO time: 2026-11-22T10:15

/** Whether the next message comes from the same side in the same minute. */
export function sameMoment(message: Message, next: Message | undefined): boolean {
  return next?.direction === message.direction && next.at.slice(0, MINUTE) === message.at.slice(0, MINUTE);
}

/** Whether two moments lie on different days here, so that a date belongs between them. */
export function dayChanges(before: string | undefined, at: string): boolean {
  return before === undefined || new Date(before).toDateString() !== new Date(at).toDateString();
}
