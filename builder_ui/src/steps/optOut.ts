import Block from "@mui/icons-material/Block";
import { choice } from "../fields/choice";
import { defineStep, type Of } from "./kind";

type Scope = NonNullable<Of<"opt_out">["scope"]>;

export const opt_out = defineStep<"opt_out">({
  icon: Block,
  initial: () => ({ type: "opt_out" }),
  summary: () => "",
  fields: { scope: choice<Scope>("fields.scope", { sender: "fields.scope_sender", channel: "fields.scope_channel" }, "sender", "fields.scope_help") },
});
