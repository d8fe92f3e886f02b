import { createContext, useContext } from "react";
import type { Location, Message } from "../protocol";
import type { Suggestion } from "./model";

/** The message being shown, and what a person can do with it. */
export interface MessageActions {
  message: Message;
  /** Whether its suggestions can still be tapped. */
  active: boolean;
  reply: (suggestion: Suggestion) => void;
  act: (suggestion: Suggestion) => void;
  share: (location: Location) => void;
}

export const MessageContext = createContext<MessageActions | null>(null);

/** The message around this component. */
export function useMessage(): MessageActions {
  const message = useContext(MessageContext);
  if (!message) throw new Error("content is shown within a MessageContext");
  return message;
}
