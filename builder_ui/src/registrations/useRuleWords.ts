import { useTranslation } from "react-i18next";
import type { Place } from "../api/client";
import { en } from "../i18n/en";
import { useSize } from "../media/size";

const isKnown = (code: string | undefined): code is keyof typeof en.registrations.rules => code !== undefined && Object.hasOwn(en.registrations.rules, code);

/** Says a broken rule in the language of the page; one that it does not know, as the server says it. */
export function useRuleWords(): (broken: Place) => string {
  const { t } = useTranslation();
  const size = useSize();
  return ({ code, values = {}, detail }) => {
    if (!isKnown(code)) return detail;
    const { count, ...numbers } = values;
    const isSize = code === "file_bytes";
    const found = isSize ? size(Number(count ?? 0)) : count;
    return t(`registrations.rules.${code}`, { ...numbers, found, ...(isSize && { most: size(Number(numbers.most ?? 0)) }) });
  };
}
