import { useCallback, useEffect, useState } from "react";
import type { Chatbot, OfferedSender } from "../chat/protocol";

const CHATBOTS = "/api/v1/webchat/chatbots";

export type Loading =
  | { state: "loading" }
  | { state: "failed" }
  | ({ state: "loaded" } & Offered);

interface Offered {
  chatbots: Chatbot[];
  /** The sender that was asked for. */
  sender: OfferedSender | null;
}

/** The examples to try, or the chatbot of one sender; and a way to ask again. */
export function useChatbots(sender?: string): [Loading, () => void] {
  const [loading, setLoading] = useState<Loading>({ state: "loading" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    fetchChatbots(sender, abort.signal)
      .then((offered) => setLoading({ state: "loaded", ...offered }))
      .catch(() => abort.signal.aborted || setLoading({ state: "failed" }));
    return () => abort.abort();
  }, [sender, attempt]);
  const again = useCallback(() => {
    setLoading({ state: "loading" });
    setAttempt((count) => count + 1);
  }, []);
  return [loading, again];
}

async function fetchChatbots(sender: string | undefined, signal: AbortSignal): Promise<Offered> {
  const which = sender === undefined ? "" : `?sender=${encodeURIComponent(sender)}`;
  const response = await fetch(CHATBOTS + which, { signal });
  if (!response.ok) throw new Error(`${CHATBOTS}: ${response.status}`);
  return (await response.json()) as Offered;
}
