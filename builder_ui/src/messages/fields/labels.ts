import type { TFunction } from "i18next";
import { kindOf } from "../kinds";

/** Fields whose name alone does not tell what they are; of anything that can be tapped the text is what it says. */
const NAMES: Record<string, string> = {
  "WhatsAppRow.text": "row_text",
  "WhatsAppList.button": "open_list",
  "WhatsAppSection.title": "section_title",
  "EmailButtonBlock.text": "button_text",
  "EmailTextBlock.text": "block_text",
  "EmailImageBlock.url": "click_url",
  "PushNotification.url": "click_url",
  "PushNotification.header": "notification_header",
  "MobilePushNotification.header": "notification_header",
  "RcsCalendarEvent.title": "event_title",
  "RcsCalendarEvent.description": "event_description",
  "WhatsAppRow.description": "row_description",
  "RcsCard.media": "picture",
  "RcsCarouselCard.media": "picture",
  "WebchatCard.media": "picture",
  "EmailImageBlock.media": "picture",
  "PushNotification.media": "picture",
  "ViberCard.media": "picture",
};

const isTappable = (owner: string) => "id" in kindOf(owner).fields;

const keyOf = (owner: string, field: string) => NAMES[`${owner}.${field}`] ?? (field === "text" && isTappable(owner) ? "button_text" : field);

/** What a field is called. */
export const labelOf = (t: TFunction, owner: string, field: string): string => t(`messages.fields.${keyOf(owner, field)}` as "messages.fields.text");

const HELPED = new Set(["postback", "phone", "start", "end", "query", "fallback_url", "alt", "thumbnail", "subtitle", "caption_rcs"]);

/** What is said below a field where its name is not enough. */
export function helpOf(t: TFunction, owner: string, field: string): string | undefined {
  const key = owner === "RcsFile" && field === "caption" ? "caption_rcs" : field;
  return HELPED.has(key) ? t(`messages.help.${key}` as "messages.help.postback") : undefined;
}

/** What one of a few values is called. */
export const choiceOf = (t: TFunction, field: string, value: string | number): string =>
  t(`messages.choices.${field}.${value}` as "messages.choices.layout.vertical", { defaultValue: String(value) });

/** What an object of a list is called: an answer, a card, a row. */
export const objectLabel = (t: TFunction, name: string): string =>
  t(`messages.objects.${OBJECTS[name] ?? kindOf(name).type}` as "messages.objects.reply", { defaultValue: name });

const OBJECTS: Record<string, string> = {
  RcsCarouselCard: "card",
  WhatsAppSection: "section",
  WhatsAppRow: "row",
  EmailColumn: "column",
  EmailSocialLink: "network",
};
