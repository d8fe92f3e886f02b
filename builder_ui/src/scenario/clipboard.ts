import { type At, branchesOf, isAction, isDrawable, type Node, placeIn, type Role, roleOf, type Scenario } from "./model";
import { freshId, idsOf, moveNodes, withRole } from "./operations";

const FORMAT = "botflow.nodes/1";

/** Nodes that were copied, as JSON: within a chatbot, between chatbots, and through any text. */
interface Clip {
  format: typeof FORMAT;
  channel: Scenario["channel"];
  nodes: Node[];
  layout: Record<string, [number, number]>;
}

/** The text of copied nodes, in the order of the file. */
export function copied(scenario: Scenario, ids: ReadonlySet<string>): string {
  const nodes = scenario.nodes.filter(({ id }) => ids.has(id));
  const places = Object.entries(scenario.layout?.nodes ?? {}).filter(([id]) => ids.has(id));
  const clip: Clip = { format: FORMAT, channel: scenario.channel, nodes, layout: Object.fromEntries(places) as Clip["layout"] };
  return JSON.stringify(clip, null, 2);
}

/** The nodes of a text that was copied; null where it is none of ours. */
export function clipOf(text: string): Clip | null {
  try {
    const clip = JSON.parse(text) as Partial<Clip>;
    return clip?.format === FORMAT && isDrawable(clip) ? (clip as unknown as Clip) : null;
  } catch {
    return null;
  }
}

/** Where copied nodes stand: the middle of them. */
export function middleOf({ nodes, layout }: Clip): At {
  const places = nodes.map(({ id }) => placeIn({ nodes: layout }, id) ?? ([0, 0] as const));
  const middle = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  return [middle(places.map(([left]) => left)), middle(places.map(([, top]) => top))];
}

interface Pasted {
  scenario: Scenario;
  /** The new nodes. */
  ids: string[];
}

/**
 * A scenario with copied nodes in it, under ids of their own. Links among them stay, others are dropped; a role that
 * somebody has here already is not taken. `by`: how far they stand from where they stood.
 */
export function paste(scenario: Scenario, clip: Clip, by: At): Pasted {
  const renamed = newIds(scenario, clip);
  const roles = new Set<Role>(scenario.nodes.map(roleOf));
  const nodes = clip.nodes.map((node) => {
    const role = roleOf(node);
    const free = role === "regular" || roles.has(role) ? "regular" : role;
    roles.add(free);
    return withRole(relinked({ ...node, id: renamed.get(node.id)! }, renamed), free);
  });
  const places = clip.nodes.map(({ id }, index): [string, At] => {
    const [left, top] = placeIn({ nodes: clip.layout }, id) ?? [index * 40, index * 40];
    return [renamed.get(id)!, [left + by[0], top + by[1]]];
  });
  const grown = { ...scenario, nodes: [...scenario.nodes, ...nodes] };
  return { scenario: moveNodes(grown, Object.fromEntries(places)), ids: nodes.map(({ id }) => id) };
}

function newIds(scenario: Scenario, clip: Clip): Map<string, string> {
  const taken = new Set(idsOf(scenario));
  const renamed = new Map<string, string>();
  for (const { id } of clip.nodes) {
    const fresh = freshId(taken, id);
    taken.add(fresh);
    renamed.set(id, fresh);
  }
  return renamed;
}

function relinked(node: Node, renamed: ReadonlyMap<string, string>): Node {
  const there = <Holder extends { next?: string[] }>(holder: Holder): Holder => {
    const { next = [], ...rest } = holder;
    const kept = next.flatMap((target) => renamed.get(target) ?? []);
    return (kept.length ? { ...rest, next: kept } : rest) as Holder;
  };
  if (isAction(node)) return there(node);
  return { ...node, ...(node.branches && { branches: branchesOf(node).map(there) }), ...(node.else && { else: there(node.else) }) } as Node;
}
