import AltRoute from "@mui/icons-material/AltRoute";
import { chatbot } from "../fields/chatbot";
import { onOff } from "../fields/onOff";
import { defineStep } from "./kind";

export const jump = defineStep<"jump">({
  icon: AltRoute,
  initial: () => ({ type: "jump", scenario: "", pass_context: true }),
  summary: ({ scenario }) => scenario,
  leaves: true,
  fields: { scenario: chatbot("fields.jump_to", "fields.jump_to_help"), pass_context: onOff("fields.pass_context", "fields.pass_context_help") },
});
