import { describe, expect, it } from "vitest";
import type { Scenario } from "./model";
import { addNote, moveNotes, notesOf, removeNotes, writeNote } from "./notes";

const scenario = (notes: unknown): Scenario =>
  ({ format: "botflow.scenario/1", id: "s", name: "S", channel: "sms", language: "en", nodes: [], layout: { nodes: { a: [1, 2] }, notes } }) as unknown as Scenario;
const note = { id: "n1", text: "ask Maria", at: [80, 20] as [number, number], by: "us" };

describe("notes", () => {
  it("are added, written, moved and removed, what is unknown of them and of the layout kept", () => {
    const { scenario: added, id } = addNote(scenario([note]), "new", [10.4, 0]);
    expect(id).toBe("note");
    expect(added.layout).toEqual({ nodes: { a: [1, 2] }, notes: [note, { id, text: "new", at: [10, 0] }] });
    expect(writeNote(added, "n1", "ask Ana").layout?.notes?.[0]).toEqual({ ...note, text: "ask Ana" });
    expect(moveNotes(added, { n1: [1.6, 2] }).layout?.notes?.[0]).toEqual({ ...note, at: [2, 2] });
    expect(removeNotes(added, new Set(["n1", id])).layout).toEqual({ nodes: { a: [1, 2] } });
  });

  it("change nothing where none is meant", () => {
    const before = scenario([note]);
    expect(moveNotes(before, {})).toBe(before);
    expect(removeNotes(before, new Set())).toBe(before);
  });

  it.each([undefined, null, 5, "x", {}])("may be %j in a draft", (notes) => {
    expect(notesOf(scenario(notes))).toEqual([]);
    expect(addNote(scenario(notes), "", [0, 0]).scenario.layout?.notes).toHaveLength(1);
  });

  it("that cannot be drawn are left alone, also beside others", () => {
    const odd = [null, 5, { id: 1 }, { id: "far", text: "", at: [1e300, 0] }, { id: "x", text: "x", at: ["a", 1] }];
    const mixed = scenario([...odd, note, { ...note, text: "twice" }]);
    expect(notesOf(mixed)).toEqual([note]);
    expect(removeNotes(mixed, new Set(["n1"])).layout?.notes).toEqual(odd);
  });
});
