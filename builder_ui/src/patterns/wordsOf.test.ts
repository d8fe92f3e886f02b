import { expect, it } from "vitest";
import { wordsOf } from "./wordsOf";

it.each([
  ["pizza", ["pizza"]],
  ["^Weekday$", ["Weekday"]],
  ["^opening hours$", ["opening hours"]],
  ["^(survey|feedback)$", ["survey", "feedback"]],
  ["(?:yes|no)", ["yes", "no"]],
  ["^8\\.50 €$", ["8.50 €"]],
  ["^what\\?$", ["what?"]],
])("%s is what a contact writes", (pattern, words) => {
  expect(wordsOf(pattern)).toEqual(words);
});

it.each(["^tours?$", "^(pedir )?cita$", "^donat(e|ion)$", "^peluquer[ií]a$", "\\d+", "\\byes\\b", "^(a|b)|(c|d)$", "^y", "^(parcel|track(ing)?)$", "(|a)", "a\\|(b)", "(a\\|b)", "^$"])("%s is more than words", (pattern) => {
  expect(wordsOf(pattern)).toEqual([pattern]);
});
