import { lazy } from "react";
import type { SectionProps } from "../workspace/sections";
import { chatbotPage } from "./ahead";

const AllChatbots = lazy(() => import("./AllChatbots"));

/** Chatbots, or one of them: whoever comes to one does not load the table. */
export default function ChatbotsPage({ rest: [id, part] }: SectionProps) {
  return id === undefined ? <AllChatbots /> : <chatbotPage.Page key={id} id={id} part={part ?? "canvas"} />;
}
