import { describe, expect, it } from "vitest";
import { blockingOf } from "./blocking";
import type { User } from "./users";

const NOW = Date.parse("2026-03-31T12:00:00Z");
const ann: User = {
  id: "ann",
  login: "ann",
  name: "Ann",
  role: "noc_engineer",
  department_id: null,
  language: null,
  time_zone: null,
  system_owner: false,
  blocked_at: null,
  used_at: "2026-03-30T12:00:00Z",
  created_at: "2026-01-01T00:00:00Z",
};
const longAgo = "2026-03-01T11:59:59Z";

describe("a user", () => {
  it.each([
    ["who was here lately may come in", {}, "active"],
    ["whom somebody has blocked may not", { blocked_at: "2026-03-30T12:00:00Z" }, "blocked"],
    ["who was not here for 30 days may not", { used_at: longAgo }, "unused"],
    ["who is an admin may at any time", { used_at: longAgo, role: "admin" }, "active"],
    ["who owns the system may at any time", { used_at: longAgo, system_owner: true }, "active"],
  ])("%s", (_, fields, blocking) => {
    expect(blockingOf({ ...ann, ...fields }, NOW)).toBe(blocking);
  });
});
