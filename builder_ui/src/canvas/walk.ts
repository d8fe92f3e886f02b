import { exitsOf, type Scenario } from "../scenario/model";

/** The node that one comes to first along the links of this one; null where it leads nowhere. */
export function following(scenario: Scenario, id: string): string | null {
  const node = scenario.nodes.find((one) => one.id === id);
  const there = new Set(scenario.nodes.map((one) => one.id));
  return (node && exitsOf(node).flatMap(({ next }) => next).find((to) => there.has(to))) ?? null;
}

/** The first node that leads to this one; null where none does. */
export const leadingTo = (scenario: Scenario, id: string): string | null =>
  scenario.nodes.find((node) => node.id !== id && exitsOf(node).some(({ next }) => next.includes(id)))?.id ?? null;

/** These nodes and all that one may come to from them, in the order of the file. */
export function allAfter(scenario: Scenario, ids: Iterable<string>): string[] {
  const nodes = new Map(scenario.nodes.map((node) => [node.id, node]));
  const reached = new Set<string>();
  const waiting = [...ids];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const node = nodes.get(id);
    if (!node || reached.has(id)) continue;
    reached.add(id);
    waiting.push(...exitsOf(node).flatMap(({ next }) => next));
  }
  return [...nodes.keys()].filter((id) => reached.has(id));
}
