import { useEffect, useSyncExternalStore } from "react";
import { Chat } from "../chat/Chat";
import { useConversation } from "../chat/useConversation";
import { isShown, onHost, tellHost, watchHost } from "./host";
import { useUnread } from "./unread";

/** A chat in a frame on somebody else's page, which the widget (widget/) shows and hides. */
export function EmbedPage({ sender }: { sender: string }) {
  const [state, conversation] = useConversation(sender);
  const shown = useSyncExternalStore(watchHost, isShown);
  const unread = useUnread(sender, state.messages, shown);
  useEffect(() => tellHost({ botflow: "unread", count: unread }), [unread]);
  useFocus(shown);
  useEscape();
  return <Chat sender={sender} state={state} conversation={conversation} close={onHost ? close : undefined} />;
}

const close = () => tellHost({ botflow: "close" });

/** The focus comes along when the chat is shown; where that would bring up a keyboard, to what was said. */
function useFocus(shown: boolean): void {
  useEffect(() => {
    if (!shown) return;
    const place = matchMedia("(pointer: fine)").matches ? "#composer" : "[role=log]";
    document.querySelector<HTMLElement>(place)?.focus();
  }, [shown]);
}

/** Escape closes the chat, unless it is there to close something within. */
function useEscape(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.isComposing && !document.querySelector("dialog[open]")) close();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}
