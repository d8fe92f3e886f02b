import Replay from "@mui/icons-material/Replay";
import { defineStep } from "./kind";

export const reset = defineStep<"reset">({ icon: Replay, initial: () => ({ type: "reset" }), summary: () => "", leaves: true, fields: {} });
