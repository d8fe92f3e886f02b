import type { TFunction } from "i18next";
import type { At } from "../scenario/model";
import { idsOf } from "../scenario/operations";
import { ARRANGEMENT_NAMES } from "./arrange";
import { copyChosen, duplicateChosen, pasteKept } from "./clips";
import type { Editor } from "./editor";
import type { What } from "./growth";
import { openMenu, type Target } from "./menu";
import { arrange, removeChosen } from "./selection";
import { allAfter, following, leadingTo } from "./walk";

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
  /** Chat with the draft from a step on; null: they may not. */
  tryAt: ((id: string) => void) | null;
  /** Where somebody pointed when they asked for it; null: they did not point. */
  pointed: At | null;
  /** The place that was pointed at, or the middle of what is seen. */
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
  /** What it is offered for in the menu of the canvas. */
  on?: readonly Target[];
  /** Whether it can be done at all; left out: it always can. */
  can?: (bench: Bench) => boolean;
  /** Left out: keys alone do it. */
  run?: (bench: Bench) => unknown;
}

/** What several commands are offered for. */
const ANY = ["step", "note", "several"] as const;

/** Everything that can be done by keys, the command palette and the menu of the canvas, in the order in which it is told (ED-5). */
export const COMMANDS = {
  palette: { keys: ["Ctrl+k"], run: ({ ask }) => ask("palette") },
  find: { keys: ["Ctrl+f"], run: ({ ask }) => ask("find") },
  help: { keys: ["?", "Shift+?"], run: ({ ask }) => ask("help") },
  menu: { keys: ["Shift+F10", "ContextMenu"], run: ({ editor }) => openMenu(editor) },
  outline: { keys: ["Ctrl+Shift+o"], run: ({ turn }) => turn() },
  open: { keys: ["Enter"], on: ["step"], run: ({ editor, open }) => onLast(editor, open) },
  write: { isChange: true, on: ["note"], run: ({ editor, open }) => onLast(editor, open) },
  try_here: { on: ["step"], can: ({ tryAt }) => tryAt !== null, run: ({ editor, tryAt }) => onLast(editor, (id) => tryAt?.(id)) },
  follow: { keys: ["Alt+ArrowRight"], run: ({ editor, show }) => walk(editor, following, show) },
  back: { keys: ["Alt+ArrowLeft"], run: ({ editor, show }) => walk(editor, leadingTo, show) },
  add_action: { keys: ["Shift+Enter"], isChange: true, on: ["step", "canvas"], run: ({ add }) => add("action") },
  add_condition: { keys: ["Alt+Enter"], isChange: true, on: ["step", "canvas"], run: ({ add }) => add("condition") },
  add_note: { keys: ["Alt+n"], isChange: true, on: ["canvas"], run: ({ addNote }) => addNote() },
  copy: { keys: ["Ctrl+c"], on: ANY, run: ({ editor }) => copyChosen(editor) },
  cut: { keys: ["Ctrl+x"], isChange: true, on: ANY, run: ({ editor }) => copyChosen(editor).then(() => removeChosen(editor)) },
  paste: { keys: ["Ctrl+v"], isChange: true, on: ["canvas"], run: pasteText },
  duplicate: { keys: ["Ctrl+d"], isChange: true, on: ANY, run: ({ editor }) => duplicateChosen(editor) },
  box: { told: "Shift + ⬚" },
  all: { keys: ["Ctrl+a"], on: ["canvas"], run: ({ editor }) => editor.getState().choose(idsOf(editor.getState().scenario)) },
  after: { on: ["step", "several"], run: ({ editor }) => chooseAfter(editor) },
  move: { told: "← ↑ → ↓", isChange: true },
  remove: { told: "Delete", isChange: true, on: ANY, run: ({ editor }) => removeChosen(editor) },
  undo: { keys: ["Ctrl+z"], isChange: true, run: ({ editor }) => editor.temporal.getState().undo() },
  redo: { keys: ["Ctrl+Shift+z", "Ctrl+y"], isChange: true, run: ({ editor }) => editor.temporal.getState().redo() },
  fit: { keys: ["Shift+1", "Shift+!"], on: ["canvas"], run: ({ fit }) => fit() },
  tidy: { isChange: true, on: ["canvas"], run: () => press("tidy") },
  try: { run: () => press("try") },
  publish: { run: () => press("publish") },
} satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;
export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];
export const commandOf = (name: CommandName): Command => COMMANDS[name];

/** Whether somebody may give a command that is not told by keys alone. */
export function isGiven(name: CommandName, bench: Bench, isEditing: boolean): boolean {
  const { isChange, can, run } = commandOf(name);
  return run !== undefined && (isEditing || !isChange) && (can?.(bench) ?? true);
}

/** The commands that the menu of the canvas may have. */
export type Offered = { [Name in CommandName]: (typeof COMMANDS)[Name] extends { on: readonly Target[] } ? Name : never }[CommandName];

/** The lines of the menu of the canvas, from top to bottom. */
export const offeredFor = (target: Target, bench: Bench, isEditing: boolean): Offered[] =>
  COMMAND_NAMES.filter((name): name is Offered => Boolean(commandOf(name).on?.includes(target)) && isGiven(name, bench, isEditing));

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

function chooseAfter(editor: Editor): void {
  const { scenario, chosen, choose } = editor.getState();
  choose(allAfter(scenario, chosen));
}

async function pasteText({ editor, pointed, middle, say, t }: Bench): Promise<void> {
  if (!(await pasteKept(editor, pointed, middle))) say(t("canvas.nothing_to_paste"));
}
