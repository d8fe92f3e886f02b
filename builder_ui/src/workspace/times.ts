import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { regional } from "../i18n";
import { useMe } from "./session";

/** Pixels that a column of times needs. */
export const TIME_WIDTH = 190;

/** Writes times (RFC 3339) as they are where whoever is signed in is. */
export function useTime(): (time: string) => string {
  const { i18n } = useTranslation();
  const { time_zone: timeZone } = useMe();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(regional(i18n.language), { dateStyle: "medium", timeStyle: "short", timeZone });
    return (time) => format.format(new Date(time));
  }, [i18n.language, timeZone]);
}
