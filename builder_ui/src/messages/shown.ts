import type { Media } from "../chat/content/model";
import type { ShownButton, ShownHeader, ShownList, ShownMessage } from "../preview/shown";
import type { IconName } from "../shell/Icon";
import type { Channel } from "./kinds";
import { type Content, contentOf, isContent, listOf, textOf } from "./values";

/** What the phone says where the author says nothing. */
export interface PhoneWords {
  send_location: string;
  template: string;
  listen: string;
}

const ICONS: Record<string, IconName> = { open_url: "outside", dial: "phone", show_location: "place", request_location: "place", calendar_event: "calendar" };

/** How the phone shows each type of content; every field may hold anything. */
const SHOWN: Record<string, (content: Content, words: PhoneWords) => ShownMessage[]> = {
  text: (content) => [{ body: textOf(content.text), buttons: single(content.button), ...under(content) }],
  card: (content) => [{ ...cardOf(content), ...under(content) }],
  carousel: (content) => [{ buttons: [], ...text("width", content.card_width), cards: listOf(content.cards).map((card) => cardOf(contentOf(card))), ...under(content) }],
  file: ({ media, caption, ...content }) => [{ header: mediaOf(media, "document"), ...text("body", caption), buttons: [], ...under(content) }],
  list: (content) => [{ ...cardOf(content), buttons: [{ icon: "list", text: textOf(content.button) }], list: listed(content) }],
  request_location: (content, { send_location }) => [{ body: textOf(content.text), buttons: [{ icon: "place", text: send_location }] }],
  send_location: (content) => [{ header: { kind: "location" }, ...text("title", content.name), ...text("body", content.address ?? coordinatesOf(content)), buttons: [] }],
  template: (content, { template }) => [{ ...(isContent(content.media) && { header: mediaOf(content.media, "image") }), title: textOf(content.name) || template, ...text("body", variablesOf(content)), footer: template, buttons: [] }],
  notification: (content) => [{ ...(isContent(content.media) && { header: mediaOf(content.media, "image") }), ...text("title", content.header), body: textOf(content.body), buttons: [] }],
};

/** A message as the phone shows it; none for a type that it does not know. */
export function shownOf(channel: Channel, content: unknown, words: PhoneWords): ShownMessage[] {
  const value = contentOf(content);
  if (channel === "tts") return [{ body: textOf(value.text), buttons: [{ icon: "forward", text: words.listen }] }];
  const type = textOf(value.type);
  const messages = Object.hasOwn(SHOWN, type) ? SHOWN[type]!(value, words) : [];
  // a caption is a message of its own there (MS-12)
  return channel === "rcs" && type === "file" ? messages.flatMap(apart) : messages;
}

function apart({ body, chips = [], ...file }: ShownMessage): ShownMessage[] {
  return body === undefined ? [{ ...file, chips }] : [file, { body, buttons: [], chips }];
}

function cardOf(content: Content): ShownMessage {
  const look = { layout: textOf(content.layout), side: textOf(content.image_side), size: textOf(content.image_size) };
  const header: ShownHeader | undefined = isContent(content.media) ? mediaOf(content.media, "image") : undefined;
  const title = textOf(content.title) || textOf(content.header);
  const isEmpty = header === undefined && title === "";
  return {
    ...(header && { header }),
    ...(title && { title }),
    ...(isEmpty || textOf(content.text) ? { body: textOf(content.text) } : {}),
    ...text("footer", content.footer),
    buttons: [...listOf(content.buttons).map(buttonOf), ...single(content.button)],
    look,
  };
}

const under = (content: Content): { chips?: ShownButton[] } => {
  const chips = listOf(content.suggestions).map(buttonOf);
  return chips.length > 0 ? { chips } : {};
};

function buttonOf(value: unknown): ShownButton {
  const { type, text: words } = contentOf(value);
  const icon = ICONS[textOf(type)];
  return { ...(icon && { icon }), text: textOf(words) };
}

const single = (button: unknown): ShownButton[] => (isContent(button) ? [buttonOf(button)] : []);

/** A file as a message names it. */
export function mediumOf(media: unknown): Media {
  const { asset, url } = contentOf(media);
  return { ...(typeof asset === "string" && { asset }), ...(typeof url === "string" && { url }) };
}

const mediaOf = (media: unknown, kind: "image" | "document"): ShownHeader => ({ kind, media: mediumOf(media) });

const listed = (content: Content): ShownList => ({
  button: textOf(content.button),
  sections: listOf(content.sections).map((section) => ({
    ...text("title", contentOf(section).title),
    rows: listOf(contentOf(section).rows).map((row) => ({ text: textOf(contentOf(row).text), ...text("description", contentOf(row).description) })),
  })),
});

const coordinatesOf = ({ latitude, longitude }: Content) => [latitude, longitude].map(textOf).filter(Boolean).join(", ");

const variablesOf = ({ variables }: Content) =>
  Object.entries(contentOf(variables))
    .map(([name, value]) => `${name}: ${textOf(value)}`)
    .join("\n");

/** A field that is there where it says something. */
function text<Name extends string>(name: Name, value: unknown): { [Key in Name]?: string } {
  const words = textOf(value);
  return (words ? { [name]: words } : {}) as { [Key in Name]?: string };
}
