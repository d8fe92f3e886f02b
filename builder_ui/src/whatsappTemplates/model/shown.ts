import type { IconName } from "../../shell/Icon";
import type { MediaKind, ShownButton, ShownHeader, ShownMessage } from "../../preview/shown";
import { type Button, type Component, type Header, partOf, type Written } from "./components";
import { filled } from "./variables";

/** What WhatsApp writes itself, in the language of whoever looks. */
export interface WhatsAppsWords {
  code: string;
  recommendation: string;
  expires: (minutes: number) => string;
  copy_code: string;
  autofill: string;
}

const ICONS: Record<string, IconName> = { URL: "outside", PHONE_NUMBER: "phone", COPY_CODE: "file", CATALOG: "list", OTP: "file" };

const KINDS: Partial<Record<string, MediaKind>> = { IMAGE: "image", VIDEO: "video", DOCUMENT: "document", LOCATION: "location" };

/** A template as its message looks, with the samples in place of variables. */
export function shownOf({ category, components }: Written, words: WhatsAppsWords): ShownMessage {
  if (category === "authentication") return shownCode(components, words);
  const cards = partOf(components, "CAROUSEL")?.cards.map((card) => shownParts(card.components, words));
  const offer = partOf(components, "LIMITED_TIME_OFFER")?.limited_time_offer;
  return {
    ...shownParts(components, words),
    ...(cards && { cards }),
    ...(offer && { offer: { text: offer.text, ends: offer.has_expiration ?? false } }),
  };
}

function shownParts(components: readonly Component[], words: WhatsAppsWords): ShownMessage {
  const header = partOf(components, "HEADER");
  const body = partOf(components, "BODY");
  const footer = partOf(components, "FOOTER")?.text;
  return {
    ...(header && { header: shownHeader(header) }),
    body: filled(body?.text ?? "", body?.example?.body_text?.[0]),
    ...(footer && { footer }),
    buttons: (partOf(components, "BUTTONS")?.buttons ?? []).map((button) => shownButton(button, words)),
  };
}

function shownHeader({ format, text = "", example }: Header): ShownHeader {
  if (format === "TEXT") return { text: filled(text, example?.header_text) };
  const url = example?.header_url?.[0];
  return { kind: KINDS[format] ?? "video", ...(url && { media: { url } }) };
}

const shownButton = ({ type, text = "" }: Button, words: WhatsAppsWords): ShownButton =>
  type === "QUICK_REPLY" ? { icon: "back", text } : { icon: ICONS[type] ?? "list", text: type === "COPY_CODE" ? words.copy_code : text };

/** A zero-tap password has no button that anybody sees. */
function shownCode(components: readonly Component[], words: WhatsAppsWords): ShownMessage {
  const [button] = partOf(components, "BUTTONS")?.buttons ?? [];
  const minutes = partOf(components, "FOOTER")?.code_expiration_minutes;
  const text = button?.text || (button?.otp_type === "ONE_TAP" ? words.autofill : words.copy_code);
  return {
    body: partOf(components, "BODY")?.add_security_recommendation ? `${words.code} ${words.recommendation}` : words.code,
    ...(minutes && { footer: words.expires(minutes) }),
    buttons: button?.otp_type === "ZERO_TAP" ? [] : [{ icon: "file", text }],
  };
}
