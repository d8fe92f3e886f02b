import type { Scenario } from "../scenario/model";
import type { Chat, Happening, HttpAnswer, Tried, TriedTurn } from "./transcript";

/** A transcript in a scenario's `tests`, as its author may have written it: hardly anything of it is sure. */
export type Test = Readonly<Record<string, unknown>>;

/** What a test checks of each turn. */
export const CHECKS = ["out", "at", "status", "vars", "effects"] as const;
export type Check = (typeof CHECKS)[number];

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** The tests of a scenario. */
export const testsOf = (scenario: Scenario): readonly Test[] => rawOf(scenario).filter(isObject);

/** The list as its author left it. */
function rawOf(scenario: Scenario): readonly unknown[] {
  const tests: unknown = scenario.tests;
  return Array.isArray(tests) ? tests : [];
}

/** What a test is called; null: it has no name. */
export const nameOf = ({ name }: Test): string | null => (typeof name === "string" && name ? name : null);

/** How many turns a test has. */
export const lengthOf = ({ turns }: Test): number => (Array.isArray(turns) ? turns.length : 0);

/** A chat as a test: it happens again, and what came of it is expected. */
export function testOf(name: string, chat: Chat, tried: Tried, checks: ReadonlySet<Check>): Test {
  const http = usedOf(chat.http ?? [], tried.turns);
  return {
    name,
    ...(tried.others.length && { scenarios: tried.others.map((id) => `${id}.json`) }),
    ...(chat.contact && { contact: chat.contact }),
    now: chat.now,
    ...(http.length && { http }),
    turns: tried.turns.map((turn, index) => ({ ...chat.turns[index], ...expected(turn, checks) })),
  };
}

/** Effects that transcripts have names for. */
const EFFECTS = new Set(["handover", "opt_out", "report", "open_thread", "set_attribute"]);

function expected(turn: TriedTurn, checks: ReadonlySet<Check>): Test {
  const { thread } = turn;
  const vars = { ...turn.changed, ...Object.fromEntries(turn.removed.map((name) => [name, null])) };
  const effects = turn.effects.map(({ kind }) => kind).filter((kind) => EFFECTS.has(kind));
  return {
    ...(checks.has("out") && { out: turn.messages.map(({ text }) => literal(text)) }),
    ...(checks.has("at") && thread?.node && { at: thread.node }),
    ...(checks.has("status") && thread && { status: thread.status }),
    ...(checks.has("vars") && Object.keys(vars).length && { vars }),
    ...(checks.has("effects") && { effects }),
  };
}

/** A text as transcripts compare it; one between slashes would be taken for a pattern, so it becomes one that fits only it. */
function literal(text: string): string {
  if (text.length < 2 || !text.startsWith("/") || !text.endsWith("/")) return text;
  return `/\\A${text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}\\Z/`;
}

/** The answers that code has asked for: an answer that nobody asks for would be a difference. */
function usedOf(answers: readonly HttpAnswer[], turns: readonly TriedTurn[]): HttpAnswer[] {
  const used = new Set(callsOf(turns).map((call) => answers.find(({ match }) => fits(call, match))));
  return answers.filter((answer) => used.has(answer));
}

/** All calls that code has made, such as `GET https://example.com/`, each once. */
export function callsOf(turns: readonly TriedTurn[]): string[] {
  const details = turns.flatMap(({ log }) => log.filter(({ what }) => what === "code_finished").map(({ detail }) => detail));
  const calls = details.flatMap((detail) => (isObject(detail) && Array.isArray(detail.http) ? detail.http.filter(isObject) : []));
  return [...new Set(calls.map(({ method, url }) => `${String(method).toUpperCase()} ${String(url)}`))];
}

/** Whether an answer is for a call: `*` stands for anything. */
export function fits(call: string, match: string): boolean {
  const pattern = match.replace(/[\\^$.+()[\]{}|]/g, "\\$&").replaceAll("*", "[^]*").replaceAll("?", "[^]");
  return new RegExp(`^${pattern}$`).test(call);
}

/** With one more test; one of the same name is replaced. */
export function withTest(scenario: Scenario, test: Test): Scenario {
  const tests = rawOf(scenario);
  const index = tests.findIndex((one) => isObject(one) && nameOf(one) === test.name);
  return withTests(scenario, index < 0 ? [...tests, test] : tests.with(index, test));
}

/** Without a test. A scenario that is left without any has no list of them either. */
export const withoutTest = (scenario: Scenario, test: Test): Scenario => withTests(scenario, rawOf(scenario).filter((one) => one !== test));

function withTests(scenario: Scenario, tests: readonly unknown[]): Scenario {
  const { tests: _, ...rest } = scenario;
  return tests.length ? { ...rest, tests: tests as Test[] } : rest;
}

/** What happens in a test, to be tried in the chat; null: it is no transcript. */
export function chatOf(test: Test, now: string): Chat | null {
  const { turns, http, contact } = test;
  if (!Array.isArray(turns) || !turns.every(isObject)) return null;
  const happenings = turns.map(happeningOf);
  if (happenings.includes(null)) return null;
  return {
    now: typeof test.now === "string" ? test.now : now,
    ...(isObject(contact) && { contact }),
    ...(Array.isArray(http) && { http: http as HttpAnswer[] }),
    turns: happenings as Happening[],
  };
}

const HAPPENINGS = ["in", "wait", "fail", "operator"] as const;

function happeningOf(turn: Record<string, unknown>): Happening | null {
  const name = HAPPENINGS.find((one) => turn[one] !== undefined);
  return name === undefined ? null : ({ [name]: turn[name] } as unknown as Happening);
}
