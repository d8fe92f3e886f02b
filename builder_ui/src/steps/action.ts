import { expression } from "../fields/expression";
import { failure } from "../fields/failure";
import { type FieldsOf, rarely } from "../fields/field";
import { number } from "../fields/number";
import { onOff } from "../fields/onOff";
import { text } from "../fields/text";
import type { Action } from "../scenario/model";

/** The fields of every action (ND-3, ND-5, ND-6), beside its step. */
export const ACTION_FIELDS: FieldsOf<Action, "id" | "kind" | "role" | "label" | "step" | "next"> = {
  final: onOff("panel.final"),
  condition: rarely(expression("fields.condition", "fields.condition_help")),
  timeout_seconds: rarely(number("fields.timeout_seconds", "fields.timeout_seconds_help")),
  on_failure: rarely(failure("fields.on_failure", "fields.on_failure_help")),
  report_field: rarely(text("fields.report_field", { help: "fields.report_field_help" })),
};
