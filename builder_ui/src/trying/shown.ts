import type { Content, Message } from "../chat/protocol";
import type { Happening, Inbound, TriedTurn } from "./transcript";

/** The messages of one turn as the chat shows them: what the contact sent, then what the chatbot said. */
export function messagesOf(index: number, happening: Happening, turn: TriedTurn | undefined): Message[] {
  const at = turn?.now ?? new Date().toISOString();
  const said = "in" in happening ? [own(index, happening.in, at, turn !== undefined)] : [];
  const answers = (turn?.messages ?? []).map(
    ({ id, content }): Message => ({ id, sequence: 0, direction: "out", at, content: content as Content, status: "seen" }),
  );
  return [...said, ...answers];
}

/** The messages before which the chatbot is seen typing, each with for how long, in seconds. */
export const typingOf = (turn: TriedTurn | undefined): ReadonlyMap<string, number> =>
  new Map((turn?.messages ?? []).filter(({ delay_ms }) => delay_ms > 0).map(({ id, delay_ms }) => [id, delay_ms / 1000]));

function own(index: number, said: string | Inbound, at: string, isPlayed: boolean): Message {
  const content = typeof said === "string" ? { text: said } : { text: said.attachment, ...said };
  return { id: `turn-${index}`, sequence: 0, direction: "in", at, content: { type: "text", ...content }, status: isPlayed ? "seen" : "sending" };
}

/** From this turn on suggestions can be tapped: nothing was written since. */
export const firstOpen = (turns: readonly Happening[]): number => Math.max(0, turns.findLastIndex((turn) => "in" in turn));
