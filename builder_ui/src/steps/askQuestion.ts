import HelpOutline from "@mui/icons-material/HelpOutlined";
import { choice } from "../fields/choice";
import { message } from "../fields/message";
import { onOff } from "../fields/onOff";
import { retry } from "../fields/retry";
import { text } from "../fields/text";
import { defineStep, type Of } from "./kind";
import { typingDelay } from "./typingDelay";
import { wordsOf } from "./words";

type Validation = NonNullable<Of<"ask_question">["validation"]>;

export const ask_question = defineStep<"ask_question">({
  icon: HelpOutline,
  initial: (variable) => ({ type: "ask_question", content: { type: "text", text: "" }, save_as: variable }),
  summary: ({ content }) => wordsOf(content),
  sets: ({ save_as }) => [save_as],
  fields: {
    content: message("panel.text"),
    save_as: text("panel.save_as", { help: "panel.save_as_help", isRequired: true }),
    validation: choice<Validation>(
      "fields.validation",
      { any: "fields.validation_any", text: "fields.validation_text", email: "fields.validation_email", credit_card: "fields.validation_credit_card" },
      "any",
    ),
    retry: retry("fields.retry", "fields.retry_help"),
    show_in_report: onOff("fields.show_in_report"),
    typing_delay_ms: typingDelay,
  },
});
