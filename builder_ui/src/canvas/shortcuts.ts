import { useEffect } from "react";
import { type Bench, commandFor, commandOf, isKey, nameOf } from "./commands";

/** Where keys mean something else. */
const ELSEWHERE = "input, textarea, [contenteditable], [role=combobox], [role=listbox], [role=dialog], [role=alertdialog], [role=menu], dialog";
/** They take keys of their own, but not these: who has pressed a tool may take back what it did. */
const PRESSED = "button, a, [role=button]";
const AT_PRESSED = new Set(["Ctrl+z", "Ctrl+Shift+z", "Ctrl+y"]);
/** What leads elsewhere may be asked for from everywhere but dialogs. */
const EVERYWHERE = new Set(["Ctrl+k"]);

/** What takes steps away is meant at the canvas alone: not in the list of steps, and not in what stands beside it. */
const AT_CANVAS = new Set(["Delete", "Backspace"]);
const isAtCanvas = (target: HTMLElement) => {
  const canvas = document.querySelector(".react-flow");
  return canvas !== null && (canvas.contains(target) || target.contains(canvas));
};

/** Where nothing is typed, the browser would bring back what was typed before and has become a choice long since. */
const isEmptyChoice = (target: HTMLElement) => target.matches("aside input[role=combobox]") && !target.closest("[data-edited]") && (target as HTMLInputElement).value === "";

/** What browsers do by themselves with text that is chosen, such as in a chat beside the canvas. */
const OF_TEXT = new Set(["Ctrl+c", "Ctrl+x"]);
const isTextMeant = (key: string, target: HTMLElement) => OF_TEXT.has(key) && !target.closest(".react-flow__node") && getSelection()?.isCollapsed === false;

/** What the keys do in the builder; in a field they do what they do in fields. */
export function useShortcuts(isEditing: boolean, bench: Bench): void {
  const press = (event: KeyboardEvent) => {
    const key = nameOf(event);
    const target = event.target as HTMLElement;
    if (target.closest(EVERYWHERE.has(key) ? "[role=dialog]" : ELSEWHERE) && !(AT_PRESSED.has(key) && isEmptyChoice(target))) return;
    if (target.closest(PRESSED) && !EVERYWHERE.has(key) && !AT_PRESSED.has(key)) return;
    if (!isKey(key) || isTextMeant(key, target) || (AT_CANVAS.has(key) && !isAtCanvas(target))) return;
    event.preventDefault();
    event.stopPropagation();
    choose(target.closest<HTMLElement>(".react-flow__node")?.dataset.id, bench);
    const name = commandFor(key, bench, isEditing);
    if (name) void commandOf(name).run?.(bench);
  };
  useEffect(() => {
    // before React Flow, which would choose and let go by the same keys
    addEventListener("keydown", press, true);
    return () => removeEventListener("keydown", press, true);
  });
}

/** What has the focus is what is meant. */
function choose(focused: string | undefined, { editor }: Bench): void {
  const { chosen, choose: take } = editor.getState();
  if (focused && !chosen.includes(focused)) take([focused]);
}
