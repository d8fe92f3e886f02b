import type { ComponentType } from "react";
import type { Content } from "../protocol";
import { CardMessage } from "./Card";
import { Carousel } from "./Carousel";
import { FileMessage } from "./FileMessage";
import { ListMessage } from "./ListMessage";
import { Place } from "./Place";
import { RequestLocation } from "./RequestLocation";
import { Template } from "./Template";
import { Fallback, TextMessage } from "./TextMessage";

/** How each type of content is shown: a new type is a component and a line here. */
const CONTENT = new Map<string, ComponentType<{ content: never }>>([
  ["text", TextMessage],
  ["card", CardMessage],
  ["carousel", Carousel],
  ["file", FileMessage],
  ["list", ListMessage],
  ["send_location", Place],
  ["request_location", RequestLocation],
  ["template", Template],
]);

/** Show content of any type; one that nobody knows is shown as its text. */
export function MessageContent({ content }: { content: Content }) {
  const Shown: ComponentType<{ content: never }> = CONTENT.get(content.type) ?? Fallback;
  return <Shown content={content as never} />;
}
