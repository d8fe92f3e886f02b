import { exitsOf, type Node, roleOf, type Scenario } from "../../scenario/model";

/** The steps in the order in which a chat may come to them: from the start, then from the other roles, then what nothing leads to. */
export function outlineOf({ nodes }: Scenario): Node[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const seen = new Set<Node>();
  const begins = [...nodes.filter((node) => roleOf(node) === "start"), ...nodes.filter((node) => roleOf(node) !== "regular"), ...nodes];
  // a stack of its own: a chat of a thousand steps in a row is deeper than calls may be
  for (const begin of begins) {
    const waiting = [begin];
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      const next = exitsOf(node).flatMap((exit) => exit.next);
      waiting.push(...next.reverse().flatMap((id) => byId.get(id) ?? []));
    }
  }
  return [...seen];
}
