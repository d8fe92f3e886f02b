import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { regional } from "../i18n";

/** Writes shares of one as people do: 0.25 is 25 %. */
export function useShares(): (share: number) => string {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const format = new Intl.NumberFormat(regional(i18n.language), { style: "percent", maximumFractionDigits: 0 });
    return (share) => format.format(share);
  }, [i18n.language]);
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Writes seconds in the greatest unit that there is one of: 90 are 1.5 minutes. */
export function useDurations(): (seconds: number) => string {
  const { t, i18n } = useTranslation();
  const format = new Intl.NumberFormat(regional(i18n.language), { maximumFractionDigits: 1 });
  return (seconds) => {
    if (seconds >= HOUR) return t("live.hours", { value: format.format(seconds / HOUR) });
    if (seconds >= MINUTE) return t("live.minutes", { value: format.format(seconds / MINUTE) });
    return t("live.seconds", { value: format.format(seconds) });
  };
}
