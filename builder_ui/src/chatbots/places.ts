import type { Chatbot } from "./chatbots";

type Runs = Pick<Chatbot, "senders">;

/** Where a chatbot runs, of one sender; undefined: not there. */
export const placeOn = (chatbot: Runs, sender: string) => chatbot.senders.find((one) => one.sender === sender);

/** Whether a contact can start it there: with words of its own, or because no other chatbot answers. */
export const isBegun = (chatbot: Runs & Pick<Chatbot, "keywords">, sender: string): boolean =>
  placeOn(chatbot, sender)?.is_default === true || Boolean(chatbot.keywords.trigger?.length);

/** Senders as somebody looks for one: where the chatbot runs, then those that have no default one yet, then the rest. */
export function inOrder<Sender extends { id: string }>(senders: readonly Sender[], chatbot: Runs, all: readonly Runs[]): Sender[] {
  const taken = new Set(all.flatMap((one) => one.senders.filter((place) => place.is_default).map((place) => place.sender)));
  const rank = ({ id }: Sender) => (placeOn(chatbot, id) ? 0 : taken.has(id) ? 2 : 1);
  return [...senders].sort((one, other) => rank(one) - rank(other));
}

/** In the order of these ids; what is not among them comes last. */
export function asOrdered<Sender extends { id: string }>(senders: readonly Sender[], ids: readonly string[]): Sender[] {
  const rank = ({ id }: Sender) => (ids.includes(id) ? ids.indexOf(id) : ids.length);
  return [...senders].sort((one, other) => rank(one) - rank(other));
}
