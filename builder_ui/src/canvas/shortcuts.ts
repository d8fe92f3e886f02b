import { useReactFlow } from "@xyflow/react";
import type { TFunction } from "i18next";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { clipOf, copied, middleOf, paste } from "../scenario/clipboard";
import type { At } from "../scenario/model";
import { idsOf } from "../scenario/operations";
import { tell } from "../workspace/toasts";
import { type Editor, useEditorStore } from "./editor";
import { following, leadingTo } from "./walk";

const BESIDE = [40, 40] as const;
/** Where keys mean something else. */
const ELSEWHERE = "input, textarea, [contenteditable], [role=combobox], [role=dialog], [role=menu], button, a";

/** What the keys do on the canvas; in a field they do what they do in fields. */
export function useShortcuts(isEditing: boolean, ways: Ways): void {
  const { t } = useTranslation();
  const editor = useEditorStore();
  const flow = useReactFlow();
  const middle = (): At => {
    const { x, y } = flow.screenToFlowPosition({ x: innerWidth / 2, y: innerHeight / 2 });
    return [x, y];
  };
  const press = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).closest(ELSEWHERE)) return;
    const name = `${event.altKey ? "Alt+" : ""}${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.shiftKey ? "Shift+" : ""}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`;
    const run = { ...LOOKING, ...(isEditing && EDITING) }[name];
    if (!run) return;
    event.preventDefault();
    run(editor, { ...ways, middle, say: (text) => tell("info", text), t });
  };
  useEffect(() => {
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
}

interface Ways {
  open: (id: string) => void;
  /** Show a node. */
  show: (id: string) => void;
  find: () => void;
  help: () => void;
}

interface Place extends Ways {
  /** The middle of what is seen. */
  middle: () => At;
  say: (text: string) => void;
  t: TFunction;
}

type Run = (editor: Editor, place: Place) => void;

const LOOKING: Record<string, Run> = {
  Enter: (editor, { open }) => {
    const last = editor.getState().chosen.at(-1);
    if (last) open(last);
  },
  "Ctrl+a": (editor) => editor.getState().choose(idsOf(editor.getState().scenario)),
  "Ctrl+c": (editor) => void copy(editor),
  "Ctrl+f": (_, { find }) => find(),
  "Ctrl+k": (_, { find }) => find(),
  "?": (_, { help }) => help(),
  "Shift+?": (_, { help }) => help(),
  "Alt+ArrowRight": (editor, { show }) => walk(editor, following, show),
  "Alt+ArrowLeft": (editor, { show }) => walk(editor, leadingTo, show),
};

const EDITING: Record<string, Run> = {
  "Ctrl+z": (editor) => editor.temporal.getState().undo(),
  "Ctrl+y": (editor) => editor.temporal.getState().redo(),
  "Ctrl+Shift+z": (editor) => editor.temporal.getState().redo(),
  "Ctrl+d": (editor) => put(editor, copiedNow(editor), [0, 0]),
  "Ctrl+v": async (editor, { middle, say, t }) => {
    const text = await navigator.clipboard.readText().catch(() => "");
    if (!put(editor, text, middle())) say(t("canvas.nothing_to_paste"));
  },
};

/** Go to a neighbour of the node that was chosen last. */
function walk(editor: Editor, next: typeof following, show: (id: string) => void): void {
  const { scenario, chosen } = editor.getState();
  const there = next(scenario, chosen.at(-1) ?? "");
  if (there) show(there);
}

const copiedNow = (editor: Editor) => copied(editor.getState().scenario, new Set(editor.getState().chosen));

const copy = (editor: Editor) => (editor.getState().chosen.length ? navigator.clipboard.writeText(copiedNow(editor)) : undefined);

/** Paste a text: beside what it was copied from, or into the middle of what is seen. False where it holds no nodes. */
function put(editor: Editor, text: string, middle: At): boolean {
  const clip = clipOf(text);
  if (!clip?.nodes.length) return false;
  const here = new Set(idsOf(editor.getState().scenario));
  const isFromHere = clip.nodes.some(({ id }) => here.has(id));
  const [left, top] = middleOf(clip);
  const by: At = isFromHere ? BESIDE : [middle[0] - left, middle[1] - top];
  const { scenario, ids } = paste(editor.getState().scenario, clip, by);
  editor.getState().edit(() => scenario);
  editor.getState().choose(ids);
  return true;
}
