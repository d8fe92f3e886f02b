import type { TFunction } from "i18next";
import { clipOf, copied, middleOf, paste } from "../scenario/clipboard";
import type { At } from "../scenario/model";
import { idsOf } from "../scenario/operations";
import { ARRANGEMENT_NAMES } from "./arrange";
import type { Editor } from "./editor";
import type { What } from "./growth";
import { arrange, removeChosen } from "./selection";
import { following, leadingTo } from "./walk";

const BESIDE = [40, 40] as const;

/** What commands can do besides changing the scenario. */
export interface Bench {
  editor: Editor;
  open: (id: string) => void;
  /** Show a node. */
  show: (id: string) => void;
  /** Show everything. */
  fit: () => void;
  /** Add what comes after the chosen node. */
  add: (what: What) => void;
  addNote: () => void;
  turn: () => void;
  ask: (dialog: "find" | "help" | "palette") => void;
  /** The middle of what is seen. */
  middle: () => At;
  say: (text: string) => void;
  t: TFunction;
}

interface Command {
  /** Keys that run it, as `nameOf` names them; the first is the one that is told. */
  keys?: readonly string[];
  /** Keys that the canvas itself listens to. */
  told?: string;
  /** Whether it changes something: only those who edit may. */
  isChange?: true;
  /** Left out: keys alone do it. */
  run?: (bench: Bench) => unknown;
}

/** Everything that can be done from the keyboard and the command palette, in the order in which it is told (ED-5). */
export const COMMANDS = {
  palette: { keys: ["Ctrl+k"], run: ({ ask }) => ask("palette") },
  find: { keys: ["Ctrl+f"], run: ({ ask }) => ask("find") },
  help: { keys: ["?", "Shift+?"], run: ({ ask }) => ask("help") },
  outline: { keys: ["Ctrl+Shift+o"], run: ({ turn }) => turn() },
  fit: { keys: ["Shift+1", "Shift+!"], run: ({ fit }) => fit() },
  open: { keys: ["Enter"], run: ({ editor, open }) => onLast(editor, open) },
  follow: { keys: ["Alt+ArrowRight"], run: ({ editor, show }) => walk(editor, following, show) },
  back: { keys: ["Alt+ArrowLeft"], run: ({ editor, show }) => walk(editor, leadingTo, show) },
  all: { keys: ["Ctrl+a"], run: ({ editor }) => editor.getState().choose(idsOf(editor.getState().scenario)) },
  box: { told: "Shift + ⬚" },
  copy: { keys: ["Ctrl+c"], run: ({ editor }) => copy(editor) },
  add_action: { keys: ["Shift+Enter"], isChange: true, run: ({ add }) => add("action") },
  add_condition: { keys: ["Alt+Enter"], isChange: true, run: ({ add }) => add("condition") },
  add_note: { keys: ["Alt+n"], isChange: true, run: ({ addNote }) => addNote() },
  paste: { keys: ["Ctrl+v"], isChange: true, run: pasteText },
  duplicate: { keys: ["Ctrl+d"], isChange: true, run: ({ editor }) => put(editor, copiedNow(editor), [0, 0]) },
  move: { told: "← ↑ → ↓", isChange: true },
  remove: { told: "Delete", isChange: true, run: ({ editor }) => removeChosen(editor) },
  undo: { keys: ["Ctrl+z"], isChange: true, run: ({ editor }) => editor.temporal.getState().undo() },
  redo: { keys: ["Ctrl+Shift+z", "Ctrl+y"], isChange: true, run: ({ editor }) => editor.temporal.getState().redo() },
  tidy: { isChange: true, run: () => press("tidy") },
  try: { run: () => press("try") },
  publish: { run: () => press("publish") },
} satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;
export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];
export const commandOf = (name: CommandName): Command => COMMANDS[name];

/** The command of a key; null where it has none, or may not be given. */
export function commandFor(key: string, isEditing: boolean): Command["run"] | null {
  const name = COMMAND_NAMES.find((one) => commandOf(one).keys?.includes(key));
  if (!name) return null;
  const { isChange, run } = commandOf(name);
  return isChange && !isEditing ? null : (run ?? null);
}

/** A key that was pressed, with what was held down. */
export function nameOf({ altKey, ctrlKey, metaKey, shiftKey, key }: Pick<KeyboardEvent, "altKey" | "ctrlKey" | "metaKey" | "shiftKey" | "key">): string {
  const held = [altKey && "Alt", (ctrlKey || metaKey) && "Ctrl", shiftKey && "Shift"].filter(Boolean);
  return [...held, key.length === 1 ? key.toLowerCase() : key].join("+");
}

const ARROWS: Readonly<Record<string, string>> = { ArrowRight: "→", ArrowLeft: "←" };

/** Keys as people read them; empty: there are none. */
export function keysOf(name: CommandName): string {
  const { keys, told } = commandOf(name);
  const parts = (told ?? keys?.[0] ?? "").split("+").map((part) => ARROWS[part] ?? (part.length === 1 ? part.toUpperCase() : part));
  return parts.join("+");
}

/** Further commands of the palette: ways to put the chosen steps in order. */
export const ARRANGE_COMMANDS = ARRANGEMENT_NAMES.map((name) => ({ name, run: ({ editor }: Bench) => arrange(editor, name) }));

/** Press a button of the toolbar, which knows whether it may be pressed. */
const press = (id: string) => document.getElementById(id)?.click();

function onLast(editor: Editor, run: (id: string) => void): void {
  const last = editor.getState().chosen.at(-1);
  if (last) run(last);
}

/** Go to a neighbour of the node that was chosen last. */
function walk(editor: Editor, next: typeof following, show: (id: string) => void): void {
  const { scenario, chosen } = editor.getState();
  const there = next(scenario, chosen.at(-1) ?? "");
  if (there) show(there);
}

const copiedNow = (editor: Editor) => copied(editor.getState().scenario, new Set(editor.getState().chosen));
const copy = (editor: Editor) => (editor.getState().chosen.length ? navigator.clipboard.writeText(copiedNow(editor)) : undefined);

async function pasteText({ editor, middle, say, t }: Bench): Promise<void> {
  const text = await navigator.clipboard.readText().catch(() => "");
  if (!put(editor, text, middle())) say(t("canvas.nothing_to_paste"));
}

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
