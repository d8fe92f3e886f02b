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
export function notesOf(turn: TriedTurn, before: TriedTurn | undefined, speaker: Speaker): string[] {
  const { t, labelOf } = speaker;
  const failures = turn.log.filter(({ what }) => what === "failed").map(({ node, detail }) => t("trying.failed", { step: labelOf(node ?? ""), reason: reasonOf(detail) }));
  const decisions = turn.decisions.map(({ action }) => action).filter(isTold).map((action) => t(action === "stuck" && isLost(turn) ? "trying.waits_for_none" : `trying.decided_${action}`));
  const { status } = turn.thread ?? { status: "" };
  const isNews = isEnd(status) && (before?.thread?.status !== status || turn.log.length > 0);
  return [...decisions, ...failures, ...deadEndOf(turn, speaker), ...(isNews ? [t(`trying.ended_${status}`)] : [])];
}

/** Whether the chat is where no answer takes it on. */
const isLost = ({ thread }: TriedTurn) => thread?.status === "stuck" && thread.waits_for === null;

/** Where this turn came to an end that is none: a branch, or a step, that leads nowhere. */
function deadEndOf(turn: TriedTurn, { t, labelOf }: Speaker): string[] {
  const at = turn.log.findIndex(({ what }) => what === "stuck");
  if (at < 0 || !isLost(turn)) return [];
  const [last] = turn.log.slice(0, at).reverse();
  const step = labelOf(turn.log[at]!.node ?? "");
  if (last?.what !== "branch") return [t("trying.leads_nowhere", { step })];
  return [t("trying.branch_leads_nowhere", { step, branch: String(last.detail ?? last.branch ?? t("canvas.else")) })];
}

const reasonOf = (detail: unknown): string => {
  const { message } = (detail ?? {}) as { message?: unknown };
  return typeof message === "string" ? message : "";
};
