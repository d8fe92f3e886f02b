/** The web chat protocol as the page speaks it (docs/reference/webchat-protocol.md). */

/** A published chatbot that can be tried, and the sender to write to. */
export interface Chatbot {
  id: string;
  name: string;
  description: string;
  language: string;
  channel: string;
  sender: string;
}

/** Where one writes to, and whether whoever writes may be answered there. */
export interface OfferedSender {
  name: string;
  answers: boolean;
}

export type ThreadStatus = "active" | "complete" | "timeout" | "stuck" | "error" | "handedover";

/** A message's content: `type` tells the kind, the channel tells the other fields. */
export interface Content {
  type: string;
  [field: string]: unknown;
}

/** One message of the history. `sequence` grows along the conversation; `at` is ISO 8601. */
export interface Message {
  id: string;
  sequence: number;
  direction: "in" | "out";
  at: string;
  content: Content;
  status: string;
}

/** Latitude and longitude in degrees. */
export type Location = [latitude: number, longitude: number];

/** What a person can send: words, a tapped suggestion, a place. */
export interface Draft {
  text?: string;
  postback?: string;
  in_reply_to?: string;
  location?: Location;
}

export interface Refused {
  ok: false;
  error: string;
}

export interface Opened {
  ok: true;
  conversation: string;
  messages: Message[];
  status: { thread: ThreadStatus | null; typing: boolean };
}

export interface Accepted {
  ok: true;
  message: Message;
}

interface Address {
  sender: string;
  visitor: string;
}

export interface ServerEvents {
  message: (message: Message) => void;
  typing: (typing: { on: boolean }) => void;
  status: (status: { thread: ThreadStatus | null; reason?: string }) => void;
  update: (update: { id: string; status: string }) => void;
}

export interface ClientEvents {
  open: (request: Address & { after: number }, ack: (answer: Opened | Refused) => void) => void;
  start: (request: Address, ack: (answer: Opened | Refused) => void) => void;
  send: (request: Address & Draft & { id: string }, ack: (answer: Accepted | Refused) => void) => void;
  act: (request: Address & { id: string; message: string; action: string }, ack: (answer: unknown) => void) => void;
  restart: (request: Address & { id: string }, ack: (answer: Partial<Opened> | Refused) => void) => void;
}

const LIVE: readonly (ThreadStatus | null)[] = ["active", "stuck", "handedover"];

/** Whether the chatbot, or a person in its place, still listens. */
export const isLive = (thread: ThreadStatus | null) => LIVE.includes(thread);
