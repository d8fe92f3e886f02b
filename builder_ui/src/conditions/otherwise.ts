import { type FieldsOf, rarely } from "../fields/field";
import { text } from "../fields/text";
import type { components } from "../scenario/format";

type Schemas = components["schemas"];

const reportField = rarely(text("fields.report_field", { help: "fields.branch_report_field_help" }));

/** The fields of the else of a condition. */
export const ELSE_FIELDS: FieldsOf<Schemas["Otherwise"], "next"> = {
  label: text("fields.else_label", { placeholder: "canvas.else" }),
  report_field: reportField,
};

/** The fields of every branch that stand behind what takes it. */
export const BRANCH_FIELDS: FieldsOf<Schemas["ExpressionBranch"], "id" | "next" | "label" | "expression"> = { report_field: reportField };
