import { createElement, Fragment } from "react";
import { piecesOf } from "./formatting";

/** A text with WhatsApp's marks as they look on a phone. */
export function Formatted({ text }: { text: string }) {
  return piecesOf(text).map(({ text: words, tag }, index) => (tag ? createElement(tag, { key: index }, words) : <Fragment key={index}>{words}</Fragment>));
}
