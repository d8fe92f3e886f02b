import { type Button, type Card, type Category, type Component, type Draft, type OtpType, partOf, withoutPart, withPart, type Written } from "./components";

/** What a template of a category may be. */
export const KINDS = {
  marketing: ["card", "carousel", "coupon", "offer", "catalog"],
  utility: ["card"],
  authentication: ["copy_code", "one_tap", "zero_tap"],
} as const satisfies Record<Category, readonly string[]>;
export type Kind = (typeof KINDS)[Category][number];
export const CATEGORIES = Object.keys(KINDS) as Category[];

const OTP_TYPES: Record<OtpType, Kind> = { COPY_CODE: "copy_code", ONE_TAP: "one_tap", ZERO_TAP: "zero_tap" };

/** What a template is, told by its components. */
export function kindOf({ category, components }: Pick<Written, "category" | "components">): Kind {
  const buttons = partOf(components, "BUTTONS")?.buttons ?? [];
  if (category === "authentication") return OTP_TYPES[buttons[0]?.otp_type ?? "COPY_CODE"] ?? "copy_code";
  if (partOf(components, "CAROUSEL")) return "carousel";
  if (partOf(components, "LIMITED_TIME_OFFER")) return "offer";
  if (buttons.some(({ type }) => type === "CATALOG")) return "catalog";
  return buttons.some(({ type }) => type === "COPY_CODE") ? "coupon" : "card";
}

/** The buttons that a template of a kind may have. */
export function buttonTypesOf(kind: Kind): readonly string[] {
  if (kind === "offer") return ["URL", "COPY_CODE"];
  if (kind === "catalog") return ["CATALOG"];
  return kind === "coupon" ? ["QUICK_REPLY", "URL", "PHONE_NUMBER", "COPY_CODE"] : ["QUICK_REPLY", "URL", "PHONE_NUMBER"];
}

/** A button of a type that nothing is written in. */
export function newButton(type: string): Button {
  if (type === "COPY_CODE") return { type, example: "" };
  if (type === "URL") return { type, text: "", url: "" };
  return type === "PHONE_NUMBER" ? { type, text: "", phone_number: "" } : { type, text: "" };
}

/** A card of a carousel that nothing is written in. */
export const newCard = (format: "IMAGE" | "VIDEO" | "DOCUMENT" = "IMAGE"): Card => ({
  components: [
    { type: "HEADER", format },
    { type: "BODY", text: "" },
    { type: "BUTTONS", buttons: [newButton("QUICK_REPLY")] },
  ],
});

/** The template as another kind; what both kinds have stays. */
export function withKind<Template extends Written>(template: Template, category: Category, kind: Kind): Template {
  const components = category === "authentication" ? codeParts(template.components, kind) : messageParts(template.components, kind);
  return { ...template, category, components };
}

function codeParts(components: readonly Component[], kind: Kind): Component[] {
  const former = partOf(components, "BUTTONS")?.buttons[0]?.supported_apps;
  const apps = { supported_apps: former ?? [{ package_name: "", signature_hash: "" }] };
  const otp_type = (Object.keys(OTP_TYPES) as OtpType[]).find((type) => OTP_TYPES[type] === kind)!;
  const minutes = partOf(components, "FOOTER")?.code_expiration_minutes;
  return [
    { type: "BODY", add_security_recommendation: partOf(components, "BODY")?.add_security_recommendation ?? true },
    ...(minutes ? [{ type: "FOOTER", code_expiration_minutes: minutes } as const] : []),
    { type: "BUTTONS", buttons: [{ type: "OTP", otp_type, ...(kind !== "copy_code" && apps) }] },
  ];
}

function messageParts(components: readonly Component[], kind: Kind): Component[] {
  const { text = "", example } = partOf(components, "BODY") ?? {};
  const body: Component = { type: "BODY", text, ...(example && { example }) };
  if (kind === "carousel") return [body, partOf(components, "CAROUSEL") ?? { type: "CAROUSEL", cards: [newCard(), newCard()] }];
  const footer = partOf(components, "FOOTER");
  const kept = withPart(withoutPart(withoutPart(components, "CAROUSEL"), "LIMITED_TIME_OFFER"), body);
  const parts = footer?.text ? kept : withoutPart(kept, "FOOTER");
  return kind === "offer" ? offerParts(parts) : withButtons(parts, kind);
}

function offerParts(components: Component[]): Component[] {
  const header = partOf(components, "HEADER");
  const withPicture = header?.format === "IMAGE" ? components : withPart(components, { type: "HEADER", format: "IMAGE" });
  return withButtons(withPart(withPicture, { type: "LIMITED_TIME_OFFER", limited_time_offer: { text: "" } }), "offer");
}

const NEEDED: Partial<Record<Kind, string>> = { coupon: "COPY_CODE", offer: "URL", catalog: "CATALOG" };

function withButtons(components: Component[], kind: Kind): Component[] {
  const types = buttonTypesOf(kind);
  const kept = (partOf(components, "BUTTONS")?.buttons ?? []).filter(({ type }) => types.includes(type));
  const needed = NEEDED[kind];
  const buttons = needed && !kept.some(({ type }) => type === needed) ? [...kept, newButton(needed)] : kept;
  return buttons.length > 0 ? withPart(components, { type: "BUTTONS", buttons }) : withoutPart(components, "BUTTONS");
}

/** A template that nothing is written in. */
export const newTemplate = (sender: string, language: string): Draft => ({
  sender,
  name: "",
  language,
  category: "marketing",
  components: [{ type: "BODY", text: "" }],
});
