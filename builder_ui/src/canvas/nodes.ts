import { applyNodeChanges, type NodeChange } from "@xyflow/react";
import { useCallback, useState } from "react";
import { moveNotes, notesOf } from "../scenario/notes";
import { type At, placeIn, type Scenario } from "../scenario/model";
import { moveNodes } from "../scenario/operations";
import { type Editor, useEditor, useEditorStore } from "./editor";
import { type CanvasNode, elementsOf, noteIdOf } from "./elements";

type Change = NodeChange<CanvasNode>;

/** The nodes and notes as React Flow has them now, and what to do with its changes. */
export function useNodes(): [CanvasNode[], (changes: Change[]) => void] {
  const editor = useEditorStore();
  const scenario = useEditor((state) => state.scenario);
  const chosen = useEditor((state) => state.chosen);
  const [nodes, setNodes] = useState<CanvasNode[]>(() => withChosen(elementsOf(scenario, []), chosen));
  const [shown, setShown] = useState({ scenario, chosen });
  // while rendering, not after it: nodes and links are drawn once, and together
  if (shown.scenario !== scenario || shown.chosen !== chosen) {
    setShown({ scenario, chosen });
    setNodes(withChosen(shown.scenario === scenario ? nodes : elementsOf(scenario, nodes), chosen));
  }
  const change = useCallback(
    (changes: Change[]) => {
      setNodes((before) => applyNodeChanges(changes, before));
      commitPlaces(changes, editor);
      if (changes.some(({ type }) => type === "select")) commitChosen(changes, editor);
    },
    [editor],
  );
  return [nodes, change];
}

function withChosen(nodes: CanvasNode[], ids: readonly string[]): CanvasNode[] {
  const chosen = new Set(ids);
  if (nodes.every((node) => (node.selected ?? false) === chosen.has(node.id))) return nodes;
  return nodes.map((node) => ((node.selected ?? false) === chosen.has(node.id) ? node : { ...node, selected: chosen.has(node.id) }));
}

/** A move is one change of the scenario when it ends, by the mouse as by the arrow keys. */
function commitPlaces(changes: readonly Change[], editor: Editor): void {
  const { scenario, edit } = editor.getState();
  const nodes: Record<string, At> = {};
  const notes: Record<string, At> = {};
  for (const one of changes) {
    if (one.type !== "position" || one.dragging || !one.position) continue;
    const at: At = [one.position.x, one.position.y];
    if (!isElsewhere(scenario, one.id, at)) continue;
    const note = noteIdOf(one.id);
    if (note === null) nodes[one.id] = at;
    else notes[note] = at;
  }
  const isMoved = Object.keys(nodes).length > 0;
  if (isMoved || Object.keys(notes).length) edit((now) => moveNotes(isMoved ? moveNodes(now, nodes) : now, notes));
}

function isElsewhere(scenario: Scenario, id: string, [x, y]: At): boolean {
  const note = noteIdOf(id);
  const [left, top] = (note === null ? placeIn(scenario.layout, id) : notesOf(scenario).find((one) => one.id === note)?.at) ?? [];
  return left !== Math.round(x) || top !== Math.round(y);
}

function commitChosen(changes: readonly Change[], editor: Editor): void {
  const chosen = new Set(editor.getState().chosen);
  for (const one of changes) {
    if (one.type !== "select") continue;
    if (one.selected) chosen.add(one.id);
    else chosen.delete(one.id);
  }
  editor.getState().choose([...chosen]);
}
