import type { Schemas } from "../api/client";

export type Tried = Schemas["TrialView"];
export type TriedTurn = Schemas["TrialTurnView"];
export type Said = Schemas["TrialMessageView"];
export type Entry = Schemas["TrialLogView"];

/** What the contact sends: words, a tapped suggestion, a place, a file by its name. */
export interface Inbound {
  text?: string;
  postback?: string;
  location?: [number, number];
  attachment?: string;
}

export const OPERATIONS = ["stop", "resume", "restart", "resolve"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** One thing that happens in a chat, as transcripts write it (docs/reference/transcripts.md). */
export type Happening = { in: string | Inbound } | { wait: number } | { fail: "delivery" } | { operator: Operation | { start_at: string } };

/** The answer that code steps get to a call. */
export interface HttpAnswer {
  match: string;
  status?: number;
  json?: unknown;
  text?: string;
  error?: string;
}

/** A chat as far as it has come: what a transcript holds, but for what is expected. */
export interface Chat {
  now: string;
  contact?: Record<string, unknown>;
  http?: readonly HttpAnswer[];
  turns: readonly Happening[];
}

/** What somebody writes, in the shortest form that transcripts have for it. */
export function inbound({ text, postback, location }: Inbound): Happening {
  if (text !== undefined && (postback === undefined || postback === text)) return { in: text };
  return { in: { ...(text !== undefined && { text }), ...(postback !== undefined && { postback }), ...(location && { location }) } };
}

/** A moment as transcripts write it, to the second. */
export const secondOf = (moment: Date): string => `${moment.toISOString().slice(0, 19)}Z`;
