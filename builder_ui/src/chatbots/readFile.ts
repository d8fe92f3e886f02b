import type { ScenarioFile } from "./chatbots";

/** As the runtime has it (`MAX_SCENARIO_BYTES`). */
export const MOST_BYTES = 20_000_000;

/** What became of a file that was chosen: a scenario to import, or why it is none. */
export type ReadFile = { name: string; file: ScenarioFile } | { name: string; problem: "too_large" | "no_json" | "no_object" };

/** Read a chosen file as far as it can be told here whether it is one; the server tells the rest. */
export async function readScenario(chosen: File): Promise<ReadFile> {
  const { name } = chosen;
  if (chosen.size > MOST_BYTES) return { name, problem: "too_large" };
  try {
    const value: unknown = JSON.parse((await chosen.text()).replace(/^\uFEFF/, ""));
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? { name, file: value as ScenarioFile } : { name, problem: "no_object" };
  } catch {
    return { name, problem: "no_json" };
  }
}
