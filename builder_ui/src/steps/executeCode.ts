import Code from "@mui/icons-material/Code";
import { code } from "../fields/code";
import { text } from "../fields/text";
import { setByCode } from "../variables/setByCode";
import { defineStep } from "./kind";
import { language } from "./language";

export const execute_code = defineStep<"execute_code">({
  icon: Code,
  initial: () => ({ type: "execute_code", language: "javascript", source: "return {};" }),
  summary: ({ source }) => source,
  sets: ({ source, save_as }) => setByCode(source, save_as),
  fields: { language, source: code("fields.source"), save_as: text("fields.result_as", { help: "fields.result_as_help" }) },
});
