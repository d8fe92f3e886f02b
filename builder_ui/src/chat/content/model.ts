/** Content as channels define it (docs/reference/content.md), as far as the page shows it. */

export interface Media {
  asset?: string;
  url?: string;
}

export interface Suggestion {
  id: string;
  type: string;
  text: string;
  postback?: string;
}

export interface OpenUrl extends Suggestion {
  url: string;
}

export interface Dial extends Suggestion {
  phone: string;
}

export interface ShowLocation extends Suggestion {
  latitude?: number | string;
  longitude?: number | string;
  query?: string;
}

export interface CalendarEvent extends Suggestion {
  start: string;
  end: string;
  title: string;
  description?: string;
}

export interface TextContent {
  text: string;
  suggestions?: Suggestion[];
  button?: Suggestion;
}

/** A card of any channel: web chat, RCS, WhatsApp (header, footer), Viber (one button). */
export interface CardContent {
  media?: Media;
  header?: string;
  title?: string;
  text?: string;
  footer?: string;
  buttons?: Suggestion[];
  button?: Suggestion;
  suggestions?: Suggestion[];
  layout?: "vertical" | "horizontal";
  image_side?: "left" | "right";
  image_size?: "short" | "medium" | "tall";
}

export interface CarouselContent {
  cards: CardContent[];
  card_width?: "small" | "medium";
  suggestions?: Suggestion[];
}

export interface FileContent {
  media: Media;
  caption?: string;
  suggestions?: Suggestion[];
}

export interface ListRow extends Suggestion {
  description?: string;
}

export interface ListContent {
  header?: string;
  text: string;
  footer?: string;
  button: string;
  sections: { title?: string; rows: ListRow[] }[];
}

export interface LocationContent {
  latitude: number | string;
  longitude: number | string;
  name?: string;
  address?: string;
}

export interface TemplateContent {
  name: string;
  variables?: Record<string, string>;
  media?: Media;
}

/** Text of content that no component knows: the first of the usual fields that holds any. */
export function readableText(content: Record<string, unknown>): string {
  const fields = ["text", "title", "caption", "header", "name", "body", "subject"];
  return fields.map((field) => content[field]).find((value) => typeof value === "string" && value !== "") as string ?? "";
}
