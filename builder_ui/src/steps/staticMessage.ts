import ChatBubble from "@mui/icons-material/ChatBubbleOutlined";
import { message } from "../fields/message";
import { replyConditions } from "../replies/replyConditions";
import { defineStep } from "./kind";
import { typingDelay } from "./typingDelay";
import { wordsOf } from "./words";

export const static_message = defineStep<"static_message">({
  icon: ChatBubble,
  initial: () => ({ type: "static_message", content: { type: "text", text: "" } }),
  summary: ({ content }) => wordsOf(content),
  fields: {
    content: message("panel.text"),
    reply_conditions: replyConditions("fields.reply_conditions", "fields.reply_conditions_help"),
    typing_delay_ms: typingDelay,
  },
});
