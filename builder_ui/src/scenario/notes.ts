import { type At, isPlace, type Note, type Scenario } from "./model";
import { freshId } from "./operations";

/** Whether something can be drawn as a note. */
export function isNote(value: unknown): value is Note {
  const { id, text, at } = (value ?? {}) as Partial<Note>;
  return typeof id === "string" && typeof text === "string" && isPlace(at);
}

/** Everything that stands where notes stand; a draft may hold anything there, and keeps it. */
const listed = (scenario: Scenario): readonly unknown[] => {
  const notes: unknown = scenario.layout?.notes;
  return Array.isArray(notes) ? notes : [];
};

/** The notes that can be drawn, one of each id. */
export function notesOf(scenario: Scenario): Note[] {
  const seen = new Set<string>();
  return listed(scenario).filter((one): one is Note => isNote(one) && !seen.has(one.id) && Boolean(seen.add(one.id)));
}

/** The format leaves an empty list out. */
function withNotes(scenario: Scenario, notes: readonly unknown[]): Scenario {
  const { notes: _, ...rest } = { ...scenario.layout };
  return { ...scenario, layout: (notes.length ? { ...rest, notes } : rest) as NonNullable<Scenario["layout"]> };
}

const changed = (scenario: Scenario, ids: ReadonlySet<string>, change: (note: Note) => Note): Scenario =>
  withNotes(scenario, listed(scenario).map((one) => (isNote(one) && ids.has(one.id) ? change(one) : one)));

/** A scenario with a note more. */
export function addNote(scenario: Scenario, text: string, [left, top]: At): { scenario: Scenario; id: string } {
  const id = freshId(notesOf(scenario).map((note) => note.id), "note");
  const note: Note = { id, text, at: [Math.round(left), Math.round(top)] };
  return { scenario: withNotes(scenario, [...listed(scenario), note]), id };
}

/** A scenario in which a note says something else. */
export const writeNote = (scenario: Scenario, id: string, text: string): Scenario => changed(scenario, new Set([id]), (note) => ({ ...note, text }));

/** A scenario with notes elsewhere. */
export function moveNotes(scenario: Scenario, places: Readonly<Record<string, At>>): Scenario {
  const ids = new Set(Object.keys(places));
  if (!ids.size) return scenario;
  return changed(scenario, ids, (note) => ({ ...note, at: places[note.id]!.map(Math.round) as [number, number] }));
}

/** A scenario without these notes. */
export function removeNotes(scenario: Scenario, ids: ReadonlySet<string>): Scenario {
  return ids.size ? withNotes(scenario, listed(scenario).filter((one) => !isNote(one) || !ids.has(one.id))) : scenario;
}
