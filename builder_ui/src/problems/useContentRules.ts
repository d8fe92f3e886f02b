import type { TFunction } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { en } from "../i18n/en";

const { samples_one: _one, samples_other: _other, ...others } = en.content_rules;
type Rule = keyof typeof others | "samples";
const isKnown = (rule: string): rule is Rule => rule === "samples" || Object.hasOwn(others, rule);

/** A rule that a message or a template breaks: its code, and what its sentence says of this one alone. */
export interface BrokenRule {
  code?: string;
  values?: { readonly [name: string]: number | string };
  /** The sentence of the server. */
  detail: string;
}

/** The braces that one of the rules shows stand for themselves. */
const BRACES = { 1: "{{1}}", 2: "{{2}}" };

/** A broken rule in the language of the page; one that it does not know, as the server says it. */
export const ruleInWords = ({ code = "", values = {}, detail }: BrokenRule, t: TFunction): string =>
  isKnown(code) ? t(`content_rules.${code}`, { count: 0, ...BRACES, ...values }) : detail;

export function useContentRules(): (broken: BrokenRule) => string {
  const { t } = useTranslation();
  return useCallback((broken) => ruleInWords(broken, t), [t]);
}
