import type { TFunction } from "i18next";
import { en } from "../i18n/en";

const isKnown = (channel: string): channel is keyof typeof en.channel => channel in en.channel;

/** A channel as people call it. */
export const channelName = (channel: string, t: TFunction) => (isKnown(channel) ? t(`channel.${channel}`) : channel);

/** A language's name in the reader's language, with a capital; the code itself where it has no name. */
export function languageName(code: string, reader: string): string {
  try {
    const name = new Intl.DisplayNames([reader], { type: "language" }).of(code) ?? code;
    return name.charAt(0).toLocaleUpperCase(reader) + name.slice(1);
  } catch {
    return code;
  }
}
