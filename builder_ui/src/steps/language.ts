import { choice } from "../fields/choice";
import type { Of } from "./kind";

/** Of a script. */
export const language = choice<Of<"execute_code">["language"]>("fields.language", { javascript: "fields.javascript", python: "fields.python" }, null);
