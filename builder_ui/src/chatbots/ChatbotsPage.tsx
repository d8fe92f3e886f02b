import { lazy } from "react";
import type { SectionProps } from "../workspace/sections";
import { chatbotPage } from "./ahead";

const AllChatbots = lazy(() => import("./AllChatbots"));

/** Chatbots, or one of them, at a step of it where the address names one: whoever comes to one does not load the table. */
export default function ChatbotsPage({ rest: [id, part, step] }: SectionProps) {
  return id === undefined ? <AllChatbots /> : <chatbotPage.Page key={id} id={id} part={part ?? "canvas"} step={step} />;
}
