import { expect, it } from "vitest";
import { beginOfDay } from "./days";

it.each([
  ["2026-11-28", "UTC", 0, "2026-11-28T00:00:00.000Z"],
  ["2026-11-28", "UTC", 1, "2026-11-29T00:00:00.000Z"],
  ["2026-11-28", "Europe/Madrid", 0, "2026-11-27T23:00:00.000Z"],
  ["2026-07-01", "America/New_York", 0, "2026-07-01T04:00:00.000Z"],
  ["2026-03-29", "Europe/Madrid", 0, "2026-03-28T23:00:00.000Z"], // the clocks go forward at two
  ["2026-03-29", "Europe/Madrid", 1, "2026-03-29T22:00:00.000Z"],
  ["2026-10-31", "America/New_York", 1, "2026-11-01T04:00:00.000Z"],
  ["2026-04-05", "Australia/Sydney", 0, "2026-04-04T13:00:00.000Z"],
  ["2026-02-28", "Asia/Kolkata", 1, "2026-02-28T18:30:00.000Z"],
])("%s in %s, %i days later, begins at", (day, zone, later, begin) => expect(beginOfDay(day, zone, later)).toBe(begin));
