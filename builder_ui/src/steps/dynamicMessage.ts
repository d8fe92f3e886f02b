import DynamicForm from "@mui/icons-material/DynamicForm";
import { code } from "../fields/code";
import { messageType } from "../fields/messageType";
import { setByCode } from "../variables/setByCode";
import { defineStep } from "./kind";
import { language } from "./language";
import { typingDelay } from "./typingDelay";

export const dynamic_message = defineStep<"dynamic_message">({
  icon: DynamicForm,
  initial: () => ({ type: "dynamic_message", language: "javascript", source: 'return "";' }),
  summary: ({ source }) => source,
  sets: ({ source }) => setByCode(source, "-"),
  fields: { language, source: code("fields.source"), message_type: messageType("fields.message_type"), typing_delay_ms: typingDelay },
});
