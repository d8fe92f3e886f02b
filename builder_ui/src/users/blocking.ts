import type { User } from "./users";

/** After so long without use an account is blocked (AC-2); admins and the system's owner are not. */
const UNUSED_MS = 30 * 24 * 3_600_000;

export type Blocking = "active" | "blocked" | "unused";

/** Whether a user may come in. */
export function blockingOf({ blocked_at, used_at, role, system_owner }: User, now = Date.now()): Blocking {
  if (blocked_at) return "blocked";
  const isExempt = role === "admin" || system_owner;
  return !isExempt && now - Date.parse(used_at) > UNUSED_MS ? "unused" : "active";
}
