import { rarely } from "../fields/field";
import { number } from "../fields/number";

/** Of every step that sends something (ND-4). */
export const typingDelay = rarely(number("fields.typing_delay_ms", "fields.typing_delay_ms_help"));
