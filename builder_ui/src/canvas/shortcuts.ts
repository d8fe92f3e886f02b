import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { clipOf, copied, paste } from "../scenario/clipboard";
import { idsOf } from "../scenario/operations";
import { tell } from "../workspace/toasts";
import { type Editor, useEditorStore } from "./editor";

const BESIDE = [40, 40] as const;
/** Where keys mean something else. */
const ELSEWHERE = "input, textarea, [contenteditable], [role=combobox], [role=dialog], [role=menu], button, a";

/** What the keys do on the canvas; in a field they do what they do in fields. */
export function useShortcuts(isEditing: boolean, open: (id: string) => void): void {
  const { t } = useTranslation();
  const editor = useEditorStore();
  const press = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).closest(ELSEWHERE)) return;
    const name = `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.shiftKey ? "Shift+" : ""}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`;
    const run = { ...LOOKING, ...(isEditing && EDITING) }[name];
    if (!run) return;
    event.preventDefault();
    run(editor, open, (text) => tell("info", text), t);
  };
  useEffect(() => {
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
}

type Run = (editor: Editor, open: (id: string) => void, say: (text: string) => void, t: ReturnType<typeof useTranslation>["t"]) => void;

const LOOKING: Record<string, Run> = {
  Enter: (editor, open) => {
    const last = editor.getState().chosen.at(-1);
    if (last) open(last);
  },
  "Ctrl+a": (editor) => editor.getState().choose(idsOf(editor.getState().scenario)),
  "Ctrl+c": (editor) => void copy(editor),
};

const EDITING: Record<string, Run> = {
  "Ctrl+z": (editor) => editor.temporal.getState().undo(),
  "Ctrl+y": (editor) => editor.temporal.getState().redo(),
  "Ctrl+Shift+z": (editor) => editor.temporal.getState().redo(),
  "Ctrl+d": (editor) => put(editor, copiedNow(editor)),
  "Ctrl+v": async (editor, _, say, t) => {
    const text = await navigator.clipboard.readText().catch(() => "");
    if (!put(editor, text)) say(t("canvas.nothing_to_paste"));
  },
};

const copiedNow = (editor: Editor) => copied(editor.getState().scenario, new Set(editor.getState().chosen));

const copy = (editor: Editor) => (editor.getState().chosen.length ? navigator.clipboard.writeText(copiedNow(editor)) : undefined);

/** Paste a text; false where it holds no nodes. */
function put(editor: Editor, text: string): boolean {
  const clip = clipOf(text);
  if (!clip?.nodes.length) return false;
  const { scenario, ids } = paste(editor.getState().scenario, clip, BESIDE);
  editor.getState().edit(() => scenario);
  editor.getState().choose(ids);
  return true;
}
