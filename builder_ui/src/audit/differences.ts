import type { AuditEntry } from "./audit";

export interface Difference {
  field: string;
  old: string;
  new: string;
}

/** What an entry tells, field by field, as text; fields that are empty before and after tell nothing. `time` writes moments. */
export function differencesOf({ old, new: now }: Pick<AuditEntry, "old" | "new">, time: (moment: string) => string): Difference[] {
  const fields = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])];
  const told = fields.map((field) => ({
    field: field.replaceAll("_", " "),
    old: textOf(field, old?.[field], time),
    new: textOf(field, now?.[field], time),
  }));
  return told.filter((one) => one.old || one.new);
}

function textOf(field: string, value: unknown, time: (moment: string) => string): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" && field.endsWith("_at")) return time(new Date(value).toISOString());
  if (Array.isArray(value) && value.every((part) => typeof part === "string")) return value.join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}
