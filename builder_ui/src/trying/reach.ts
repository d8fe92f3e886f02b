import type { Scenario } from "../scenario/model";
import { type Light, type Lights, movesOf } from "./path";
import type { Result } from "./testing";

export interface Reach {
  nodes: ReadonlySet<string>;
  links: ReadonlySet<string>;
}

/** The steps that tests have come to, and the links that they took. */
export function reachOf(results: Iterable<Result>, scenario: string): Reach {
  const nodes = new Set<string>();
  const links = new Set<string>();
  for (const result of results) {
    if ("error" in result) continue;
    for (const { node, link } of movesOf(result.tried.turns, scenario).flat()) {
      nodes.add(node);
      if (link !== null) links.add(link);
    }
  }
  return { nodes, links };
}

/** What was reached, of the steps that are there. */
export function counted({ nodes }: Reach, scenario: Scenario): { reached: number; all: number } {
  return { reached: scenario.nodes.filter(({ id }) => nodes.has(id)).length, all: scenario.nodes.length };
}

/** What the tests reach, as lights: every step has one. */
export function reachLights({ nodes, links }: Reach, scenario: Scenario): Lights {
  return {
    nodes: new Map(scenario.nodes.map(({ id }): [string, Light] => [id, nodes.has(id) ? "tested" : "untested"])),
    links: new Map([...links].map((id): [string, Light] => [id, "tested"])),
  };
}
