import type { Editor } from "./editor";
import { noteIdOf } from "./elements";

/** What the menu of the canvas is about: one step or note, several of them, or the canvas itself. */
export type Target = "step" | "note" | "several" | "canvas";

/** What was asked for by keys is what is chosen, in view or not; it does not stand where the event happens. */
const byKeys = new WeakSet<Event>();

/** What is meant, chosen from now on; null: something that has no menu of ours. `under`: the element that a picture shows there. */
export function targetOf(event: Event, editor: Editor, under: string | null): Target | null {
  const element = event.target as Element;
  if (!element.closest(".react-flow__pane") || element.closest("input, textarea, .react-flow__edge")) return null;
  // the box around what is chosen stands before it
  if (!byKeys.has(event) && !element.closest(".react-flow__nodesselection")) take(element.closest<HTMLElement>(".react-flow__node")?.dataset.id ?? under, editor);
  return targetOfChosen(editor.getState().chosen);
}

/** Whoever points at one of several that are chosen means all of them. */
function take(id: string | null, editor: Editor): void {
  const { chosen, choose } = editor.getState();
  if (id === null) choose([]);
  else if (!chosen.includes(id)) choose([id]);
}

export function targetOfChosen([one, other]: readonly string[]): Target {
  if (one === undefined) return "canvas";
  if (other !== undefined) return "several";
  return noteIdOf(one) === null ? "step" : "note";
}

/** Ask for the menu as the right button does. */
export const askForMenu = (element: Element, clientX: number, clientY: number) => element.dispatchEvent(asking(clientX, clientY));

const asking = (clientX: number, clientY: number) => new MouseEvent("contextmenu", { bubbles: true, cancelable: true, clientX, clientY });

/** Ask for the menu of what is chosen, or of the canvas. */
export function openMenu(editor: Editor): void {
  const last = editor.getState().chosen.at(-1);
  const node = last && document.querySelector(`.react-flow__node[data-id="${CSS.escape(last)}"]`);
  const element = node || document.querySelector(".react-flow__pane");
  if (!element) return;
  const { left, top, width, height } = element.getBoundingClientRect();
  const event = asking(left + width / 2, top + height / 2);
  byKeys.add(event);
  element.dispatchEvent(event);
}
