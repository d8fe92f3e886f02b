import { useTranslation } from "react-i18next";
import { en } from "../i18n/en";
import type { Step } from "../scenario/model";
import { summaryOf } from "./registry";

type Type = keyof typeof en.messages.types;
const isKnown = (type: unknown): type is Type => typeof type === "string" && Object.hasOwn(en.messages.types, type);

/** What is shown of a step: what it says, or what kind of message it sends where that has no words; empty: neither. */
export function useSummary(): (step: Step) => string {
  const { t } = useTranslation();
  return (step) => {
    const { type } = ("content" in step && (step.content as { type?: unknown } | null)) || {};
    return summaryOf(step) || (isKnown(type) && type !== "text" ? t(`messages.types.${type}`) : "");
  };
}
