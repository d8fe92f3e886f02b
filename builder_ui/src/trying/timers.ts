import type { TriedTurn } from "./transcript";

const TIMERS = ["response", "stuck", "step"] as const;
export type Timer = (typeof TIMERS)[number];
export const isTimer = (name: string): name is Timer => TIMERS.some((one) => one === name);

/** The timer that fires next after a turn, and in how many seconds. */
export function untilNext(turn: TriedTurn | undefined): { name: string; seconds: number } | null {
  const next = turn?.timers[0];
  if (!turn || !next) return null;
  return { name: next.name, seconds: Math.max(0, (Date.parse(next.due) - Date.parse(turn.now)) / 1000) };
}
