import { exitsOf, isAction, type Node, roleOf, type Scenario } from "../scenario/model";
import { setBy } from "../steps/registry";

/** What a placeholder may name. */
export interface Known {
  name: string;
  /** Whose it is. */
  of: "step" | "contact" | "attribute" | "chat";
  /** Of a variable: the step that sets it, as people call it. */
  step?: string;
}

/** What can be written wherever there is a chat. */
export const IN_EVERY_CHAT: readonly Known[] = [
  { name: "contact.name", of: "contact" },
  { name: "contact.phone", of: "contact" },
  { name: "sender.id", of: "chat" },
  { name: "thread.id", of: "chat" },
];
const ATTRIBUTE = /\{\{\s*(attribute\.[\w-]+)|\battributes\.([A-Za-z_]\w*)|\battributes\[["']([\w-]+)["']\]/g;

/** What can be written at a node: variables of the steps before it, attributes that the chatbot uses, and what every chat has. */
export function knownAt(scenario: Scenario, id: string): Known[] {
  const before = nodesBefore(scenario, id);
  const variables = new Map<string, Known>();
  for (const node of scenario.nodes.filter((one) => before.has(one.id))) {
    for (const name of setHere(node)) if (!variables.has(name)) variables.set(name, { name, of: "step", step: node.label || node.id });
  }
  return [...variables.values(), ...attributesOf(scenario), ...IN_EVERY_CHAT];
}

const setHere = (node: Node): readonly string[] => (isAction(node) ? setBy(node.step) : []);

/** The nodes that a chat may have been at; all of them where it may come from anywhere. */
function nodesBefore(scenario: Scenario, id: string): ReadonlySet<string> {
  const sources = new Map<string, string[]>();
  for (const node of scenario.nodes) {
    for (const target of exitsOf(node).flatMap(({ next }) => next)) sources.set(target, [...(sources.get(target) ?? []), node.id]);
  }
  const before = new Set<string>();
  const waiting = [id];
  while (waiting.length) {
    for (const source of sources.get(waiting.pop()!) ?? []) {
      if (before.has(source)) continue;
      before.add(source);
      waiting.push(source);
    }
  }
  const start = scenario.nodes.find((node) => roleOf(node) === "start")?.id;
  const comesFromTheStart = start === undefined || start === id || before.has(start);
  return comesFromTheStart ? before : new Set(scenario.nodes.map((node) => node.id));
}

function attributesOf(scenario: Scenario): Known[] {
  const names = new Set<string>();
  for (const [, placeholder, member, key] of JSON.stringify(scenario.nodes).matchAll(ATTRIBUTE)) {
    names.add(placeholder ?? `attribute.${member ?? key}`);
  }
  return [...names].sort().map((name) => ({ name, of: "attribute" }));
}
