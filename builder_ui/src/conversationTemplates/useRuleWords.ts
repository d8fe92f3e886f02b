import { useTranslation } from "react-i18next";
import type { Place } from "../api/client";
import { en } from "../i18n/en";

const RULES = en.conversation_templates.rules;
const isKnown = (code: string | undefined): code is keyof typeof RULES => code !== undefined && Object.hasOwn(RULES, code);

/** Says a broken rule in the language of the page; one that it does not know, as the server says it. */
export function useRuleWords(): (broken: Place) => string {
  const { t } = useTranslation();
  return ({ code, values = {}, detail }) => {
    if (!isKnown(code)) return detail;
    // `count` would choose a plural; a placeholder in the sentence is shown, and not filled
    const { count, ...rest } = values;
    return t(`conversation_templates.rules.${code}`, { found: count, ...rest, interpolation: { skipOnVariables: true } });
  };
}
