import { useEffect, useState, useSyncExternalStore } from "react";
import { io } from "socket.io-client";
import { type ChatSocket, Conversation, type ConversationState } from "./conversation";
import { visitor } from "./identity";
import { Outbox } from "./outbox";

const RECONNECT_MS = { first: 500, most: 3_000 };

/** The conversation with a sender's chatbot, connected for as long as the component is shown. */
export function useConversation(sender: string): [ConversationState, Conversation] {
  const [conversation] = useState(
    () => new Conversation(newSocket(), { sender, visitor: visitor() }, new Outbox(sender)),
  );
  useEffect(() => {
    conversation.open();
    return () => conversation.close();
  }, [conversation]);
  return [useSyncExternalStore(conversation.subscribe, conversation.current), conversation];
}

const newSocket = (): ChatSocket =>
  io({
    autoConnect: false,
    forceNew: true,
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: RECONNECT_MS.first,
    reconnectionDelayMax: RECONNECT_MS.most,
  });
