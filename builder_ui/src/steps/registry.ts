import AltRoute from "@mui/icons-material/AltRoute";
import Block from "@mui/icons-material/Block";
import ChatBubble from "@mui/icons-material/ChatBubbleOutlined";
import Code from "@mui/icons-material/Code";
import DynamicForm from "@mui/icons-material/DynamicForm";
import HelpOutline from "@mui/icons-material/HelpOutlined";
import Replay from "@mui/icons-material/Replay";
import SupportAgent from "@mui/icons-material/SupportAgent";
import type { ComponentType } from "react";
import type { Step } from "../scenario/model";

type Type = Step["type"];
type Of<T extends Type> = Extract<Step, { type: T }>;

/** What the page knows of a type of step: one entry each, as in the runtime's registry. */
export interface StepKind<T extends Type = Type> {
  icon: ComponentType;
  /** A new step; the texts are the author's to change. */
  initial: (text: string) => Of<T>;
  /** What the canvas shows of it, in its own words; empty: the name of the type says it. */
  summary: (step: Of<T>) => string;
}

const textOf = (content: unknown): string => {
  const { text, body, type } = (content ?? {}) as { text?: unknown; body?: unknown; type?: unknown };
  return [text, body, type].find((value) => typeof value === "string" && value !== "") as string ?? "";
};

export const STEPS: { [T in Type]: StepKind<T> } = {
  static_message: {
    icon: ChatBubble,
    initial: (text) => ({ type: "static_message", content: { type: "text", text } }),
    summary: ({ content }) => textOf(content),
  },
  ask_question: {
    icon: HelpOutline,
    initial: (text) => ({ type: "ask_question", content: { type: "text", text }, save_as: "answer" }),
    summary: ({ content }) => textOf(content),
  },
  dynamic_message: {
    icon: DynamicForm,
    initial: () => ({ type: "dynamic_message", language: "javascript", source: 'return {type: "text", text: "Hello"}', message_type: "text" }),
    summary: ({ source }) => source,
  },
  execute_code: {
    icon: Code,
    initial: () => ({ type: "execute_code", language: "javascript", source: "return {}" }),
    summary: ({ source }) => source,
  },
  jump: { icon: AltRoute, initial: () => ({ type: "jump", scenario: "", pass_context: true }), summary: ({ scenario }) => scenario },
  reset: { icon: Replay, initial: () => ({ type: "reset" }), summary: () => "" },
  handover: { icon: SupportAgent, initial: () => ({ type: "handover" }), summary: ({ department }) => department ?? "" },
  opt_out: { icon: Block, initial: () => ({ type: "opt_out", scope: "sender" }), summary: ({ scope }) => scope ?? "" },
};

export const STEP_TYPES = Object.keys(STEPS) as Type[];

/** What is known of a step's type; null for one of a newer format. */
export const kindOf = (step: Step): StepKind | null => (Object.hasOwn(STEPS, step.type) ? (STEPS[step.type] as StepKind) : null);

/** What the canvas shows of a step; empty: the name of its type says it. A draft may hold anything at its fields. */
export function summaryOf(step: Step): string {
  const summary: unknown = kindOf(step)?.summary(step as never);
  return typeof summary === "string" ? summary : "";
}
