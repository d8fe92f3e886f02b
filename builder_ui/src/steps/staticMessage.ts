import ChatBubble from "@mui/icons-material/ChatBubbleOutlined";
import { shownWithAnother } from "../fields/field";
import { message } from "../fields/message";
import { ReplyConditions } from "../replies/ReplyConditions";
import { defineStep } from "./kind";
import { typingDelay } from "./typingDelay";
import { wordsOf } from "./words";

export const static_message = defineStep<"static_message">({
  icon: ChatBubble,
  initial: () => ({ type: "static_message", content: { type: "text", text: "" } }),
  summary: ({ content }) => wordsOf(content),
  fields: {
    content: message("panel.text", ReplyConditions),
    reply_conditions: shownWithAnother("fields.reply_conditions"),
    typing_delay_ms: typingDelay,
  },
});
