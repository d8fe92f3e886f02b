import type { Schemas } from "../api/client";

export type ConversationTemplate = Schemas["ConversationTemplateView"];

/** What is written of one; no channel is every channel. */
export interface Draft {
  name: string;
  channel: string | null;
  text: string;
  files: string[];
}

export const newDraft = (): Draft => ({ name: "", channel: null, text: "", files: [] });

export const draftOf = ({ name, channel, text, files }: ConversationTemplate): Draft => ({ name, channel, text, files });

const PLACEHOLDER = /\{\{\s*([\p{L}\p{N}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)*)\s*\}\}/gu;

/** The names of a text's placeholders, each once, in order of appearance. */
export const paramsOf = (text: string): string[] => [...new Set(Array.from(text.matchAll(PLACEHOLDER), ([, name]) => name!))];
