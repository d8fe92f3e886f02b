import type { ScenarioFile } from "../chatbots";

export const FAILURE_ACTIONS = ["continue", "end_chat", "failover", "handover"] as const;
export const TIMEOUT_ACTIONS = ["end_chat", "node", "handover"] as const;
export const KEYWORDS = ["trigger", "reset", "stop", "opt_out"] as const;

export type Keyword = (typeof KEYWORDS)[number];

export interface Policy<Action extends string> {
  action: Action;
  department?: string | null;
}
export type FailurePolicy = Policy<(typeof FAILURE_ACTIONS)[number]>;
export type TimeoutPolicy = Policy<(typeof TIMEOUT_ACTIONS)[number]> & { seconds: number };

/** The settings of a chatbot (CB-2 to CB-6), as a scenario file has them; `x-` fields ride along. */
export interface Settings {
  on_failure: FailurePolicy;
  response_timeout: TimeoutPolicy | null;
  stuck_timeout: TimeoutPolicy | null;
  is_default: boolean;
  keywords: Record<Keyword, string[]>;
}

export interface Values {
  name: string;
  description: string;
  language: string;
  settings: Settings;
}

const text = (value: unknown) => (typeof value === "string" ? value : "");

/** What the form shows of a file; what is missing has the format's defaults. */
export function valuesOf(file: ScenarioFile): Values {
  const settings = (file.settings ?? {}) as Partial<Settings>;
  return {
    name: text(file.name),
    description: text(file["x-description"]),
    language: text(file.language),
    settings: {
      ...settings,
      on_failure: settings.on_failure ?? { action: "end_chat" },
      response_timeout: settings.response_timeout ?? null,
      stuck_timeout: settings.stuck_timeout ?? null,
      is_default: settings.is_default ?? false,
      keywords: { trigger: [], reset: [], stop: [], opt_out: [], ...settings.keywords },
    },
  };
}

/** A policy with another action; a department stays only where somebody is handed over to it. */
export function withAction<P extends Policy<string>>(policy: P, action: P["action"]): P {
  const { department, ...rest } = policy;
  return { ...rest, action, ...(action === "handover" && department && { department }) } as P;
}

/** Whether there is something to save. */
export const isChanged = (values: Values, before: Values) => JSON.stringify(values) !== JSON.stringify(before);
