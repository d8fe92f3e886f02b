import { describe, expect, it } from "vitest";
import type { Scenario } from "../scenario/model";
import { addNode, connect, idsOf, moveNodes, removeNodes } from "../scenario/operations";
import { createEditor } from "./editor";

const empty: Scenario = { format: "botflow.scenario/1", id: "s", name: "S", channel: "webchat", language: "en", nodes: [] };

/** A generator of numbers that is the same each time (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

describe("undo", () => {
  it.each([1, 2, 3, 4, 5])("of 30 random gestures gives the begin back, and redo the end (seed %i)", (seed) => {
    const random = numbers(seed);
    const editor = createEditor(empty);
    const { edit } = editor.getState();
    const any = () => idsOf(editor.getState().scenario)[random(editor.getState().scenario.nodes.length)] ?? "none";
    const gestures = [
      (number: number) => edit((now) => addNode(now, { id: `n${number}`, kind: "action", step: { type: "reset" } }, [number, 0])),
      () => edit((now) => connect(now, { node: any(), handle: "next" }, any())),
      (number: number) => edit((now) => moveNodes(now, { [any()]: [number, number] })),
      () => edit((now) => removeNodes(now, new Set([any()]))),
    ];
    for (let number = 0; number < 30; number++) gestures[random(gestures.length)]!(number);
    const end = editor.getState().scenario;
    editor.temporal.getState().undo(30);
    expect(editor.getState().scenario).toEqual(empty);
    editor.temporal.getState().redo(30);
    expect(editor.getState().scenario).toEqual(end);
  });

  it("takes what is typed into one field back at once", () => {
    const editor = createEditor(empty);
    const { edit, during } = editor.getState();
    const type = (gesture: string, name: string) => during(gesture, () => edit((now) => ({ ...now, name })));
    for (const name of ["P", "Pi", "Piz"]) type("first", name);
    for (const name of ["X", "XY"]) type("second", name);
    edit((now) => ({ ...now, id: "other" }));
    const { undo } = editor.temporal.getState();
    const seen = [1, 2, 3].map(() => {
      undo();
      const { id, name } = editor.getState().scenario;
      return [id, name];
    });
    expect(seen).toEqual([
      ["s", "XY"],
      ["s", "Piz"],
      ["s", "S"],
    ]);
  });

  it("knows nothing of a change that changes nothing, and of what is chosen", () => {
    const editor = createEditor(empty);
    editor.getState().edit((now) => connect(now, { node: "none", handle: "next" }, "none"));
    editor.getState().choose(["a"]);
    expect(editor.temporal.getState().pastStates).toEqual([]);
  });
});
