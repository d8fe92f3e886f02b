import i18next from "i18next";
import { expect, test } from "vitest";
import { en } from "../i18n/en";
import { es } from "../i18n/es";
import { effectInWords, entryInWords, type Speaker, whyInWords } from "./logWords";
import type { Entry } from "./transcript";

const texts = i18next.createInstance();
void texts.init({ lng: "en", resources: { en: { translation: en } }, interpolation: { escapeValue: false }, initAsync: false });
const speaker: Speaker = { t: texts.getFixedT("en"), language: "en", labelOf: (id) => ({ ask: "Ask for the name" })[id] ?? id };
const entry = (what: string, more: Partial<Entry> = {}): Entry => ({ scenario: "bot", what, node: null, branch: null, detail: null, ...more });

test("an entry is told with the name of its step", () => {
  expect(entryInWords(entry("ran", { node: "ask" }), speaker)).toEqual({ sentence: "“Ask for the name”: runs", details: [] });
});

test("a branch is told by its label, else by its id, else as the rest", () => {
  const taken = (branch: string | null, detail: unknown) => entryInWords(entry("branch", { node: "ask", branch, detail }), speaker).sentence;
  expect([taken("b1", "Yes"), taken("b1", null), taken(null, null)].map((sentence) => sentence.split("“")[2])).toEqual(["Yes”", "b1”", "Anything else”"]);
});

test("what code has logged and called is told line by line", () => {
  const detail = { log: ["one", "two"], http: [{ method: "GET", url: "https://a.example/", status: 200 }] };
  expect(entryInWords(entry("code_finished", { node: "ask", detail }), speaker).details).toEqual([
    "log: one",
    "log: two",
    "http: GET https://a.example/ → 200",
  ]);
});

test("what nobody has words for is shown as it is", () => {
  expect(entryInWords(entry("danced", { node: "ask", detail: 3 }), speaker)).toEqual({ sentence: "danced Ask for the name", details: ["3"] });
});

test("an effect is told with its values", () => {
  expect(effectInWords({ kind: "set_timer", values: { name: "response", seconds: 300 } }, speaker).sentence).toBe("A timer starts: no answer, 5 minutes");
  expect(effectInWords({ kind: "report", values: { field: "size", value: "large" } }, speaker).sentence).toBe("Answers table: size = large");
});

const spanish = i18next.createInstance();
void spanish.init({ lng: "es", resources: { es: { translation: es } }, interpolation: { escapeValue: false }, initAsync: false });
const hablante: Speaker = { ...speaker, t: spanish.getFixedT("es"), language: "es" };

test("details are told in the language of the page, but for names that somebody has chosen", () => {
  expect(entryInWords(entry("ended", { detail: { status: "timeout", reason: "response" } }), hablante).details).toEqual([`estado: ${es.thread_status.timeout}`, "motivo: response"]);
  expect(entryInWords(entry("set", { detail: { status: "gold" } }), hablante).details).toEqual(["status: gold"]);
  expect(entryInWords(entry("timer", { node: "ask", detail: "response" }), hablante).details).toEqual([es.trying.timer_response]);
});

test("why a branch was taken is told with what was said", () => {
  expect(whyInWords({ kind: "pattern", said: "yes", among: ["^yes$", "^ok$"] }, speaker)).toBe("because “yes” fits ^yes$, ^ok$");
  expect(whyInWords({ kind: "no_expression", said: null, among: [] }, hablante)).toBe("porque no se cumple ninguna de sus expresiones");
});
