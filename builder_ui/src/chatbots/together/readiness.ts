import { answer, api, type Schemas } from "../../api/client";
import { isDrawable, type Scenario } from "../../scenario/model";
import { isPassed, resultOf } from "../../trying/testing";
import { nameOf, testsOf } from "../../trying/tests";
import type { Chatbot } from "../chatbots";

type State = Pick<Chatbot, "newest_version" | "has_changes">;

/** What is found before a chatbot is published. */
export interface Readiness {
  impact: Schemas["ImpactView"];
  /** Tests of it that fail, by name; null: one without a name. */
  failing: readonly (string | null)[];
  /** How many tests were run, and how many could not be: whoever may not change a draft may not run what it holds. */
  tests: number;
  notRun: number;
}

const of = (id: string) => ({ params: { path: { chatbot_id: id } } });

/** Look at what publishing a chatbot would mean, and run its tests where one may. */
export async function readinessOf(id: string, mayRun: boolean): Promise<Readiness> {
  const impact = await answer(api.GET("/api/v1/chatbots/{chatbot_id}/impact", of(id)));
  const { document } = await answer(api.GET("/api/v1/chatbots/{chatbot_id}/draft", of(id)));
  const tests = isDrawable(document) ? testsOf(document) : [];
  if (!mayRun || !isDrawable(document)) return { impact, failing: [], tests: 0, notRun: tests.length };
  return { impact, failing: await failingOf(id, document), tests: tests.length, notRun: 0 };
}

async function failingOf(id: string, scenario: Scenario): Promise<(string | null)[]> {
  const failing: (string | null)[] = [];
  for (const test of testsOf(scenario)) if (!isPassed(await resultOf(id, scenario, test))) failing.push(nameOf(test));
  return failing;
}

export const errorsOf = ({ impact }: Readiness): number => impact.problems.filter(({ severity }) => severity === "error").length;

/** Why a chatbot is not published with the others by itself. Errors forbid it; failing tests leave it to whoever publishes. */
export type Hindrance = "nothing_new" | "errors" | "tests" | null;

export function hindranceOf({ newest_version, has_changes }: State, readiness: Readiness): Hindrance {
  if (newest_version > 0 && !has_changes) return "nothing_new";
  if (errorsOf(readiness)) return "errors";
  return readiness.failing.length ? "tests" : null;
}

/** Whether whoever publishes may decide. */
export function mayBePublished(chatbot: State, readiness: Readiness): boolean {
  const hindrance = hindranceOf(chatbot, readiness);
  return hindrance === null || hindrance === "tests";
}

/** Whether a chatbot is published with the others, as somebody has chosen, or where nobody has. */
export const isPublished = (chatbot: State, readiness: Readiness | undefined, choice: boolean | undefined): boolean =>
  readiness !== undefined && mayBePublished(chatbot, readiness) && (choice ?? hindranceOf(chatbot, readiness) === null);
