import { Chat } from "./Chat";
import { useConversation } from "./useConversation";

/** A chat as a page of ours. */
export function ChatPage({ sender }: { sender: string }) {
  const [state, conversation] = useConversation(sender);
  return <Chat sender={sender} state={state} conversation={conversation} />;
}
