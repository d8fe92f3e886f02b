import { clipOf, copied, freeFrom, hasRoom, middleOf, paste } from "../scenario/clipboard";
import type { At } from "../scenario/model";
import { forgetWith } from "../workspace/session";
import type { Editor } from "./editor";
import { elementOfNote, noteIdOf } from "./elements";

const BESIDE: At = [40, 40];

/** What was copied last: browsers give the clipboard to secure pages only, and may be told not to. */
let last = "";
forgetWith(() => (last = ""));

function copiedNow(editor: Editor): string {
  const { scenario, chosen } = editor.getState();
  return copied(scenario, new Set(chosen), new Set(chosen.map(noteIdOf).filter((id) => id !== null)));
}

/** Keep what is chosen, steps and notes, to be pasted. */
export async function copyChosen(editor: Editor): Promise<void> {
  if (!editor.getState().chosen.length) return;
  last = copiedNow(editor);
  await navigator.clipboard?.writeText(last).catch(() => undefined);
}

/** Why nothing is pasted; null: it is. */
export type Refusal = "canvas.nothing_to_paste" | "canvas.too_much_to_paste" | null;

export const duplicateChosen = (editor: Editor): Refusal => put(editor, copiedNow(editor), null, () => [0, 0]);

/** Paste what was copied where somebody pointed, else beside what it was copied from, else into the middle. */
export async function pasteKept(editor: Editor, pointed: At | null, middle: () => At): Promise<Refusal> {
  const text = await readable();
  return put(editor, text, pointed, middle);
}

async function readable(): Promise<string> {
  try {
    return await navigator.clipboard.readText();
  } catch {
    return last;
  }
}

function put(editor: Editor, text: string, pointed: At | null, middle: () => At): Refusal {
  const clip = clipOf(text);
  if (!clip || !(clip.nodes.length || clip.notes?.length)) return "canvas.nothing_to_paste";
  if (!hasRoom(editor.getState().scenario, clip)) return "canvas.too_much_to_paste";
  const isFromHere = clip.from === editor.getState().scenario.id;
  const [left, top] = middleOf(clip);
  const [x, y] = pointed ?? middle();
  const before = editor.getState().scenario;
  const wanted: At = isFromHere && !pointed ? BESIDE : [x - left, y - top];
  const { scenario, ids, notes } = paste(before, clip, freeFrom(before, clip, wanted, BESIDE));
  editor.getState().edit(() => scenario);
  editor.getState().choose([...ids, ...notes.map(elementOfNote)]);
  return null;
}
