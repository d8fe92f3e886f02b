import SupportAgent from "@mui/icons-material/SupportAgent";
import { department } from "../fields/department";
import { defineStep } from "./kind";

export const handover = defineStep<"handover">({
  icon: SupportAgent,
  initial: () => ({ type: "handover" }),
  summary: ({ department: to }) => to ?? "",
  fields: { department: department("fields.department", "fields.department_help") },
});
