import { callsOf, fits } from "./tests";
import type { HttpAnswer, TriedTurn } from "./transcript";

/** An answer as it is typed: its body is a text, whatever it stands for. */
export interface TypedAnswer {
  match: string;
  status: string;
  body: string;
  /** What else it says, which is not typed here. */
  rest: HttpAnswer;
}

/** An answer to be typed. */
export function typedOf(answer: HttpAnswer): TypedAnswer {
  const { match, status = 200, json, text } = answer;
  return { match, status: String(status), body: text ?? (json === undefined || json === null ? "" : JSON.stringify(json, null, 2)), rest: answer };
}

/** The answer that was typed: a body that is JSON is kept as what it means. */
export function answerOf({ match, status, body, rest }: TypedAnswer): HttpAnswer {
  const { json: _, text: __, status: ___, ...kept } = rest;
  const number = Number(status);
  return { ...kept, match: match.trim(), ...(number !== 200 && { status: number }), ...bodyOf(body) };
}

export const isSound = ({ match, status }: TypedAnswer): boolean => match.trim() !== "" && /^[1-5]\d\d$/.test(status.trim());

function bodyOf(body: string): Partial<HttpAnswer> {
  if (!body.trim()) return {};
  try {
    return { json: JSON.parse(body) as unknown };
  } catch {
    return { text: body };
  }
}

/** The calls of code that nobody has an answer for. */
export const unanswered = (turns: readonly TriedTurn[], answers: readonly HttpAnswer[]): string[] =>
  callsOf(turns).filter((call) => !answers.some(({ match }) => fits(call, match)));
