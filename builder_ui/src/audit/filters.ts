import { beginOfDay } from "../workspace/days";

/** What the log can be narrowed to; days are those of whoever looks, the last one included. */
const NAMES = ["user_id", "key_id", "kind", "action", "object_id", "since", "until"] as const;
export type Filters = Partial<Record<(typeof NAMES)[number], string>>;

/** The filters that an address asks for, such as `?kind=user&since=2026-03-01`. */
export function filtersIn(search: string): Filters {
  const asked = new URLSearchParams(search);
  return kept(Object.fromEntries(NAMES.map((name) => [name, asked.get(name) ?? ""])));
}

/** What an address says of filters; empty for none. */
export function searchOf(filters: Filters): string {
  const search = new URLSearchParams(kept(filters) as Record<string, string>).toString();
  return search && `?${search}`;
}

/** The filters as the server takes them: moments in place of days. */
export function queryOf({ since, until, ...rest }: Filters, timeZone: string): Filters {
  return kept({ ...rest, since: since ? beginOfDay(since, timeZone) : "", until: until ? beginOfDay(until, timeZone, 1) : "" });
}

/** Without those that say nothing. */
const kept = (filters: Filters): Filters => Object.fromEntries(Object.entries(filters).filter(([, value]) => value));
