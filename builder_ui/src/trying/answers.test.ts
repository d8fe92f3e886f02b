import { expect, test } from "vitest";
import { answerOf, isSound, typedOf, unanswered } from "./answers";
import type { TriedTurn } from "./transcript";

test("what is typed and what is kept mean the same", () => {
  for (const answer of [
    { match: "GET https://a.example/*", json: { ok: true } },
    { match: "GET https://a.example/*", status: 404, text: "no such town" },
    { match: "GET https://a.example/*" },
    { match: "GET https://a.example/*", headers: { "X-A": "1" }, json: [1] },
  ])
    expect(answerOf(typedOf(answer))).toEqual(answer);
});

test("an answer has a call that it is for, and a status of HTTP", () => {
  const typed = typedOf({ match: "GET *" });
  expect([isSound(typed), isSound({ ...typed, match: " " }), isSound({ ...typed, status: "abc" })]).toEqual([true, false, false]);
});

test("calls that no answer is for are told", () => {
  const call = (url: string) => ({ scenario: "bot", what: "code_finished", node: "code", branch: null, detail: { http: [{ method: "GET", url }] } });
  const turn = { log: [call("https://a.example/1"), call("https://b.example/")] } as TriedTurn;
  expect(unanswered([turn], [{ match: "GET https://a.example/*" }])).toEqual(["GET https://b.example/"]);
});
