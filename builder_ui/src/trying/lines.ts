import { duration } from "./duration";
import type { Speaker } from "./logWords";
import type { Happening, TriedTurn } from "./transcript";

/** What happened, in words; null: the contact wrote, which is seen. */
export function wordsOf(turn: Happening, { t, language, labelOf }: Speaker): string | null {
  if ("in" in turn) return null;
  if ("wait" in turn) return t("trying.did_wait", { time: duration(turn.wait, language) });
  if ("fail" in turn) return t("trying.did_fail");
  if (typeof turn.operator === "string") return t(`trying.did_${turn.operator}`);
  return t("trying.did_start", { step: labelOf(turn.operator.start_at) });
}

/** Decisions after which somebody wonders why nothing was said. */
const TOLD = ["nothing", "ambiguous", "live_chat", "opt_out_word", "help", "join", "stuck", "stop", "reset", "opt_out"] as const;
type Told = (typeof TOLD)[number];
const isTold = (action: string): action is Told => TOLD.some((one) => one === action);

const ENDS = ["complete", "timeout", "error", "handedover"] as const;
type End = (typeof ENDS)[number];
const isEnd = (status: string): status is End => ENDS.some((one) => one === status);

/** What is to be said about a turn besides its messages: why nobody answered, what failed, how the chat ended. */
export function notesOf(turn: TriedTurn, before: TriedTurn | undefined, { t, labelOf }: Speaker): string[] {
  const failures = turn.log.filter(({ what }) => what === "failed").map(({ node, detail }) => t("trying.failed", { step: labelOf(node ?? ""), reason: reasonOf(detail) }));
  const decisions = turn.decisions.map(({ action }) => action).filter(isTold).map((action) => t(`trying.decided_${action}`));
  const { status } = turn.thread ?? { status: "" };
  const isNews = isEnd(status) && (before?.thread?.status !== status || turn.log.length > 0);
  return [...decisions, ...failures, ...(isNews ? [t(`trying.ended_${status}`)] : [])];
}

const reasonOf = (detail: unknown): string => {
  const { message } = (detail ?? {}) as { message?: unknown };
  return typeof message === "string" ? message : "";
};
