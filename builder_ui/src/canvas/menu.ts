import type { Editor } from "./editor";
import { noteIdOf } from "./elements";

/** What the menu of the canvas is about: one step or note, several of them, or the canvas itself. */
export type Target = "step" | "note" | "several" | "canvas";

/** What was pointed at, chosen from now on; null: something that has no menu of ours. */
export function targetOf(element: Element, editor: Editor): Target | null {
  if (!element.closest(".react-flow__pane") || element.closest("input, textarea")) return null;
  const { chosen, choose } = editor.getState();
  const id = element.closest<HTMLElement>(".react-flow__node")?.dataset.id;
  if (id === undefined) {
    // the box around what is chosen stands before it
    if (!element.closest(".react-flow__nodesselection")) choose([]);
  } else if (!chosen.includes(id)) choose([id]);
  return targetOfChosen(editor.getState().chosen);
}

export function targetOfChosen([one, other]: readonly string[]): Target {
  if (one === undefined) return "canvas";
  if (other !== undefined) return "several";
  return noteIdOf(one) === null ? "step" : "note";
}

/** Ask for the menu as the right button does. */
export const askForMenu = (element: Element, clientX: number, clientY: number) =>
  element.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true, clientX, clientY }));

/** Ask for the menu of what is chosen, or of the canvas. */
export function openMenu(editor: Editor): void {
  const last = editor.getState().chosen.at(-1);
  const node = last && document.querySelector(`.react-flow__node[data-id="${CSS.escape(last)}"]`);
  const element = node || document.querySelector(".react-flow__pane");
  if (!element) return;
  const { left, top, width, height } = element.getBoundingClientRect();
  askForMenu(element, left + width / 2, top + height / 2);
}
