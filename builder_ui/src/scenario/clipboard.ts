import { type At, branchesOf, isAction, isDrawable, type Node, type Note, placeIn, type Role, roleOf, type Scenario } from "./model";
import { addNote, isNote, notesOf } from "./notes";
import { freshId, idsOf, moveNodes, withRole } from "./operations";

const FORMAT = "botflow.nodes/1";

/** Steps and notes of a chatbot that others may be pasted into: as many as the engine and the canvas are measured with. */
export const MOST_PASTED = 10_000;

/** Nodes and notes that were copied, as JSON: within a chatbot, between chatbots, and through any text. */
interface Clip {
  format: typeof FORMAT;
  /** The chatbot that they were copied from. */
  from?: string;
  channel: Scenario["channel"];
  nodes: Node[];
  layout: Record<string, [number, number]>;
  notes: Note[];
}

/** The text of copied nodes and notes, in the order of the file. */
export function copied(scenario: Scenario, ids: ReadonlySet<string>, noteIds: ReadonlySet<string> = new Set()): string {
  const nodes = scenario.nodes.filter(({ id }) => ids.has(id));
  const places = Object.entries(scenario.layout?.nodes ?? {}).filter(([id]) => ids.has(id));
  const notes = notesOf(scenario).filter(({ id }) => noteIds.has(id));
  const clip: Clip = { format: FORMAT, from: scenario.id, channel: scenario.channel, nodes, layout: Object.fromEntries(places) as Clip["layout"], notes };
  return JSON.stringify(clip, null, 2);
}

/** What a text that was copied holds; null where it is none of ours. */
export function clipOf(text: string): Clip | null {
  try {
    const clip = JSON.parse(text) as Partial<Clip>;
    if (clip?.format !== FORMAT || !isDrawable({ ...clip })) return null;
    return { ...(clip as Clip), notes: Array.isArray(clip.notes) ? clip.notes.filter(isNote) : [] };
  } catch {
    return null;
  }
}

/** Whether a chatbot has room for what was copied. */
export const hasRoom = (scenario: Scenario, { nodes, notes }: Clip) => scenario.nodes.length + notesOf(scenario).length + nodes.length + notes.length <= MOST_PASTED;

/** Where copied nodes and notes stand: the middle of them. */
export function middleOf({ nodes, layout, notes }: Clip): At {
  const places = placesOf(nodes, layout, notes);
  const middle = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  return [middle(places.map(([left]) => left)), middle(places.map(([, top]) => top))];
}

/** Where nodes and notes stand; nodes without a place have one each. */
const placesOf = (nodes: readonly Node[], layout: Clip["layout"], notes: readonly Note[]): At[] => [...nodes.map(({ id }, index) => standingAt(layout, id, index)), ...notes.map(({ at }) => at)];

const standingAt = (layout: Clip["layout"], id: string, index: number): At => placeIn({ nodes: layout }, id) ?? [index * 40, index * 40];

/** How far what was copied is moved so that none of it hides what stands there already: as far as wanted, and step by step on. */
export function freeFrom(scenario: Scenario, { nodes, layout, notes }: Clip, wanted: At, step: At): At {
  const keyOf = ([left, top]: At) => `${Math.round(left)} ${Math.round(top)}`;
  const here = [...scenario.nodes.map(({ id }) => placeIn(scenario.layout, id)), ...notesOf(scenario).map(({ at }) => at)];
  const taken = new Set(here.filter((at) => at !== null).map(keyOf));
  const places = placesOf(nodes, layout, notes);
  let [x, y] = wanted;
  while (places.some(([left, top]) => taken.has(keyOf([left + x, top + y])))) [x, y] = [x + step[0], y + step[1]];
  return [x, y];
}

interface Pasted {
  scenario: Scenario;
  /** The new nodes. */
  ids: string[];
  /** The new notes. */
  notes: string[];
}

/**
 * A scenario with copied nodes and notes in it, under ids of their own. Links among them stay, others are dropped; a role that
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
    const [left, top] = standingAt(clip.layout, id, index);
    return [renamed.get(id)!, [left + by[0], top + by[1]]];
  });
  const grown = nodes.length ? moveNodes({ ...scenario, nodes: [...scenario.nodes, ...nodes] }, Object.fromEntries(places)) : scenario;
  return { ...withNotes(grown, clip.notes, by), ids: nodes.map(({ id }) => id) };
}

function withNotes(scenario: Scenario, notes: readonly Note[], by: At): Pick<Pasted, "scenario" | "notes"> {
  const ids: string[] = [];
  const noted = notes.reduce((now, { text, at }) => {
    const added = addNote(now, text, [at[0] + by[0], at[1] + by[1]]);
    ids.push(added.id);
    return added.scenario;
  }, scenario);
  return { scenario: noted, notes: ids };
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
