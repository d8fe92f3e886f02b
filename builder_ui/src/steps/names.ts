import type { TFunction } from "i18next";
import type { Scenario, Step } from "../scenario/model";

/** What a new node is called after. */
export type Named = Step["type"] | "condition";

/** Makes the name of a new node, in the language of whoever builds: "Message", "Message 2". */
export type MakeName = (scenario: Scenario, what: Named) => string;

/** Names that no step has yet. */
export const namesIn = (t: TFunction): MakeName => (scenario, what) => {
  const word = t(`step_names.${what}`);
  const taken = new Set(scenario.nodes.map(({ label }) => label));
  let name = word;
  for (let number = 2; taken.has(name); number++) name = `${word} ${number}`;
  return name;
};

/** Whether a name is one that was made, not one that somebody has thought of. */
export function isMadeName(t: TFunction, name: string | null | undefined, what: Named): boolean {
  const word = t(`step_names.${what}`);
  return name === word || (name?.startsWith(`${word} `) === true && /^\d+$/.test(name.slice(word.length + 1)));
}
