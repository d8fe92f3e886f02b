import type { Media } from "../chat/content/model";
import type { IconName } from "../shell/Icon";

/** A message as a phone shows it, whatever it was made of. */
export interface ShownMessage {
  header?: ShownHeader;
  offer?: { text: string; ends: boolean };
  title?: string;
  /** Left out where there is no text and need not be one. */
  body?: string;
  footer?: string;
  buttons: readonly ShownButton[];
  cards?: readonly ShownMessage[];
  /** Of the cards: `small` or `medium`. */
  width?: string;
  /** What can be chosen below the message. */
  chips?: readonly ShownButton[];
  list?: ShownList;
  /** How a card is laid out. */
  look?: { layout?: string; side?: string; size?: string };
}

export type MediaKind = "image" | "video" | "document" | "location";
export type ShownHeader = { text: string } | { kind: MediaKind; media?: Media };

export interface ShownButton {
  icon?: IconName;
  text: string;
}

export interface ShownList {
  button: string;
  sections: readonly { title?: string; rows: readonly { text: string; description?: string }[] }[];
}
