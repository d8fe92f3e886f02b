import type { Schemas } from "../../api/client";

/** Templates as they are stored: components as WhatsApp's Graph API has them (docs/reference/channels/whatsapp.md). */
export type Category = Schemas["NewWhatsAppTemplate"]["category"];

interface Samples {
  header_text?: string[];
  header_handle?: string[];
  header_url?: string[];
  body_text?: string[][];
}

export const HEADER_FORMATS = ["TEXT", "IMAGE", "VIDEO", "DOCUMENT", "LOCATION"] as const;
export type HeaderFormat = (typeof HEADER_FORMATS)[number];

export interface Header {
  type: "HEADER";
  format: HeaderFormat;
  text?: string;
  example?: Samples;
}

export interface BodyText {
  type: "BODY";
  text?: string;
  example?: Samples;
  add_security_recommendation?: boolean;
}

export interface Footer {
  type: "FOOTER";
  text?: string;
  code_expiration_minutes?: number | null;
}

export interface Button {
  type: string;
  text?: string;
  url?: string;
  phone_number?: string;
  example?: string | string[];
  otp_type?: OtpType;
  autofill_text?: string;
  supported_apps?: App[];
  zero_tap_terms_accepted?: boolean;
}

export type OtpType = "COPY_CODE" | "ONE_TAP" | "ZERO_TAP";

export interface App {
  package_name: string;
  signature_hash: string;
}

export interface Buttons {
  type: "BUTTONS";
  buttons: Button[];
}

export interface Card {
  components: Component[];
}

export interface Carousel {
  type: "CAROUSEL";
  cards: Card[];
}

export interface Offer {
  type: "LIMITED_TIME_OFFER";
  limited_time_offer: { text: string; has_expiration?: boolean };
}

export type Component = Header | BodyText | Footer | Buttons | Carousel | Offer;
export type ComponentType = Component["type"];

/** What is written of a template. */
export interface Written {
  name: string;
  language: string;
  category: Category;
  components: Component[];
}

export interface Draft extends Written {
  sender: string;
}

/** A stored template as one that is being written. */
export const draftOf = (stored: Schemas["WhatsAppTemplateView"]): Draft => ({
  sender: stored.sender,
  name: stored.name,
  language: stored.language,
  category: stored.category as Category,
  components: stored.components as unknown as Component[],
});

type Part<Type extends ComponentType> = Extract<Component, { type: Type }>;

/** Where the component of this type stands; -1: nowhere. */
export const indexOf = (components: readonly Component[], type: ComponentType) => components.findIndex((one) => one.type === type);

/** The component of this type, if there is one. */
export const partOf = <Type extends ComponentType>(components: readonly Component[], type: Type): Part<Type> | undefined =>
  components.find((one): one is Part<Type> => one.type === type);

const ORDER: readonly ComponentType[] = ["HEADER", "LIMITED_TIME_OFFER", "BODY", "FOOTER", "BUTTONS", "CAROUSEL"];

/** With this component in place of the one of its type, where WhatsApp shows it. */
export function withPart(components: readonly Component[], part: Component): Component[] {
  const index = indexOf(components, part.type);
  if (index >= 0) return components.with(index, part);
  return [...components, part].sort((one, other) => ORDER.indexOf(one.type) - ORDER.indexOf(other.type));
}

/** Without the component of this type. */
export const withoutPart = (components: readonly Component[], type: ComponentType) => components.filter((one) => one.type !== type);
