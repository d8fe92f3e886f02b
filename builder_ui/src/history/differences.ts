import { linksOf, type Link } from "../canvas/elements";
import type { Mark } from "../canvas/marks";
import { type Node, placeIn, type Scenario } from "../scenario/model";
import type { Change } from "./versions";

/** What became of a node or a link. */
export type Became = Exclude<Mark, "now" | "before">;

/** Two scenarios as one graph: every node and link of either, each with what became of it. */
export interface Compared {
  scenario: Scenario;
  nodes: ReadonlyMap<string, Became>;
  links: readonly (Link & { mark: Became })[];
}

/**
 * A node that is in both stands where the later one has it, and one that is gone where it was. What has changed is what
 * the server says: it knows which differences mean something.
 */
export function compared(before: Scenario, after: Scenario, changes: readonly Change[]): Compared {
  const marks = marksOf(changes);
  const now = new Set(after.nodes.map(({ id }) => id));
  const gone = before.nodes.filter(({ id }) => !now.has(id));
  const scenario = { ...after, nodes: [...after.nodes, ...gone], layout: { ...after.layout, nodes: places(before, after, gone) } } as Scenario;
  const nodes = new Map(scenario.nodes.map(({ id }) => [id, marks.get(id) ?? "rest"] as const));
  return { scenario, nodes, links: linksBetween(before, after, scenario) };
}

/** What became of each node that something became of. */
function marksOf(changes: readonly Change[]): Map<string, Became> {
  return new Map(byNode(changes).map(({ node, changes: [first] }) => [node, first?.field === "" && (first.kind === "added" || first.kind === "removed") ? first.kind : "changed"]));
}

function places(before: Scenario, after: Scenario, gone: readonly Node[]): Record<string, readonly [number, number]> {
  const stood = gone.flatMap(({ id }) => (placeIn(before.layout, id) ? [[id, placeIn(before.layout, id)!] as const] : []));
  const stand = after.nodes.flatMap(({ id }) => (placeIn(after.layout, id) ? [[id, placeIn(after.layout, id)!] as const] : []));
  return Object.fromEntries([...stood, ...stand]);
}

function linksBetween(before: Scenario, after: Scenario, both: Scenario): (Link & { mark: Became })[] {
  const ids = new Set(both.nodes.map(({ id }) => id));
  const [old, now] = [linksOf(before), linksOf(after)];
  const [were, are] = [new Set(old.map(({ id }) => id)), new Set(now.map(({ id }) => id))];
  const kept = now.map((link) => ({ ...link, mark: were.has(link.id) ? ("rest" as const) : ("added" as const) }));
  const lost = old.filter(({ id, source, target }) => !are.has(id) && ids.has(source) && ids.has(target)).map((link) => ({ ...link, mark: "removed" as const }));
  return [...kept, ...lost];
}

/** The changes of one node, or of the chatbot as a whole where `node` is empty. */
export interface NodeChanges {
  node: string;
  changes: readonly (Change & { field: string })[];
}

/** Changes by the node that they are of, in their order. A place is `node size: step.content.text`, or a field alone. */
export function byNode(changes: readonly Change[]): NodeChanges[] {
  const nodes = new Map<string, (Change & { field: string })[]>();
  for (const change of changes) {
    const [, node = "", field = ""] = /^node (.+?)(?:: (.*))?$/s.exec(change.place) ?? [undefined, "", change.place];
    nodes.set(node, [...(nodes.get(node) ?? []), { ...change, field }]);
  }
  return [...nodes].map(([node, own]) => ({ node, changes: own }));
}

/** A value as it is read in a list of changes: ids of nodes by their names. */
export function told(value: unknown, names: ReadonlyMap<string, string>): string {
  if (typeof value === "string") return names.get(value) ?? value;
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value.map((one) => told(one, names)).join(", ");
  return value === null || value === undefined ? "" : JSON.stringify(value);
}
