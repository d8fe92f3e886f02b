import { moveNodes, removeNodes } from "../scenario/operations";
import { removeNotes } from "../scenario/notes";
import { ARRANGEMENTS, type Arrangement } from "./arrange";
import type { Editor } from "./editor";
import { boundsOf, noteIdOf } from "./elements";

/** Put the chosen steps in order: one step of undo. */
export function arrange(editor: Editor, name: Arrangement): void {
  const { scenario, chosen, edit } = editor.getState();
  const ids = new Set(chosen);
  const boxes = scenario.nodes.filter(({ id }) => ids.has(id)).map(({ id }) => ({ id, ...boundsOf(scenario, id) }));
  const { least, places } = ARRANGEMENTS[name];
  if (boxes.length >= least) edit((now) => moveNodes(now, places(boxes)));
}

/** Take away what is chosen, steps and notes: one step of undo. */
export function removeChosen(editor: Editor): void {
  const { chosen, edit, choose } = editor.getState();
  if (!chosen.length) return;
  const notes = chosen.map(noteIdOf).filter((id) => id !== null);
  edit((now) => removeNotes(removeNodes(now, new Set(chosen)), new Set(notes)));
  choose([]);
}
