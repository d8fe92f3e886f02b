import type { ScenarioFile } from "./chatbots";

export const CHANNELS = ["webchat", "whatsapp", "rcs", "viber", "sms"] as const;
export type Channel = (typeof CHANNELS)[number];

interface Beginning {
  id: string;
  name: string;
  channel: Channel;
  language: string;
  /** What its first message says, and the label of that step. */
  greeting: string;
  label: string;
}

/** The smallest chatbot that can be published and chats: it greets whoever writes what nothing else fits, and ends. */
export function newChatbot({ id, name, channel, language, greeting, label }: Beginning): ScenarioFile {
  return {
    format: "botflow.scenario/1",
    id,
    name,
    channel,
    language,
    settings: { on_failure: { action: "continue" }, is_default: true },
    nodes: [
      {
        id: "start",
        kind: "action",
        role: "start",
        label,
        final: true,
        step: { type: "static_message", content: { type: "text", text: greeting } },
      },
    ],
    layout: { nodes: { start: [80, 80] } },
  };
}
