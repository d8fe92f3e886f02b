import { useEffect, useState } from "react";
import { lastSequence } from "../chat/history";
import type { Message } from "../chat/protocol";
import { keep, recall } from "../storage";

/** How many messages of the chatbot came after the last one that was there while the chat was shown. */
export function unreadOf(messages: readonly Message[], seen: number): number {
  return messages.filter((message) => message.direction === "out" && message.sequence > seen).length;
}

/** The same, kept from page to page: what was seen stays seen. */
export function useUnread(sender: string, messages: readonly Message[], shown: boolean): number {
  const key = `seen.${sender}`;
  const [seen, setSeen] = useState(() => recall(key, 0));
  const newest = lastSequence(messages);
  useEffect(() => {
    if (!shown || newest <= seen) return;
    keep(key, newest);
    setSeen(newest);
  }, [key, newest, seen, shown]);
  return shown ? 0 : unreadOf(messages, seen);
}
