import type { TFunction } from "i18next";
import type { Schemas } from "../api/client";
import { answers } from "../i18n/en/answers";
import { trying as en } from "../i18n/en/trying";
import { duration } from "./duration";
import { isTimer } from "./timers";
import type { Entry, TriedTurn } from "./transcript";

type Effect = TriedTurn["effects"][number];
type Words = typeof en.log_words;
const statuses = answers.thread_status;

/** What is needed to say something: the page's words and language, and what steps are called. */
export interface Speaker {
  t: TFunction;
  language: string;
  labelOf: (node: string) => string;
}

/** A sentence, and what it is about in detail. */
export interface Told {
  sentence: string;
  details: string[];
}

const isKnown = <Key extends string>(words: Record<Key, string>, key: string): key is Key => Object.hasOwn(words, key);

/** One entry of the log in words. One that nobody has words for is shown as it is. */
export function entryInWords({ what, node, branch, detail }: Logged, { t, labelOf }: Speaker): Told {
  const step = node === null ? "" : labelOf(node);
  const value = what === "branch" ? String(detail ?? branch ?? t("canvas.else")) : "";
  if (!isKnown<keyof Words>(en.log_words, what)) return { sentence: [what, step].filter(Boolean).join(" "), details: detailsOf(what, detail, t) };
  return { sentence: t(`trying.log_words.${what}`, { step, value }), details: detailsOf(what, detail, t) };
}

type Logged = Omit<Entry, "scenario">;

/** Why a branch was taken, in words. */
export const whyInWords = ({ kind, said, among }: Schemas["WhyView"], { t }: Pick<Speaker, "t">): string =>
  t(`trying.why.${kind}`, { said: said ?? t("trying.why.reply"), among: among.join(", ") });

/** Details that are ids, or that stand in the sentence. */
const UNTOLD = new Set(["branch", "sent", "code_started", "waits", "received", "started"]);

/** What these tell of has names that somebody has chosen: variables, attributes, fields. */
const OWN_NAMES = new Set(["set", "set_attribute", "reported"]);

function detailsOf(what: string, detail: unknown, t: TFunction): string[] {
  if (detail === null || detail === undefined || UNTOLD.has(what)) return [];
  if (typeof detail === "string" && isTimer(detail)) return [t(`trying.timer_${detail}`)];
  if (typeof detail !== "object" || Array.isArray(detail)) return [text(detail)];
  const nameOf = (name: string) => (!OWN_NAMES.has(what) && isKnown(en.log_details, name) ? t(`trying.log_details.${name}`) : name);
  const parts = Object.entries(detail).filter(([name]) => name !== "message" || what !== "delivery");
  return parts.flatMap(([name, value]) => (Array.isArray(value) ? value.map((one) => `${nameOf(name)}: ${name === "http" ? callInWords(one) : text(one)}`) : [`${nameOf(name)}: ${valueOf(name, value, t)}`]));
}

/** A value in the words of the page, where it is one of a few. */
function valueOf(name: string, value: unknown, t: TFunction): string {
  if (name === "status" && typeof value === "string" && isKnown(statuses, value)) return t(`thread_status.${value}`);
  return text(value);
}

const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** A call of code, and what it got. */
function callInWords(call: unknown): string {
  const { method, url, status, error } = call as Record<string, unknown>;
  return `${text(method)} ${text(url)} → ${text(status ?? error)}`;
}

/** Something that would have happened outside the chat, in words. */
export function effectInWords({ kind, values }: Effect, { t, language }: Speaker): Told {
  const timer = String(values.name ?? "");
  const told = {
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, text(value)])),
    timer: isTimer(timer) ? t(`trying.timer_${timer}`) : timer,
    time: duration(Number(values.seconds ?? 0), language),
  };
  const sentence = isKnown<keyof typeof en.effect_words>(en.effect_words, kind) ? t(`trying.effect_words.${kind}`, told) : kind;
  return { sentence, details: [] };
}
