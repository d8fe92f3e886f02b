import type { TFunction } from "i18next";
import type { At } from "../scenario/model";
import { ARRANGEMENT_NAMES } from "./arrange";
import { copyChosen, duplicateChosen, pasteKept, type Refusal } from "./clips";
import type { Editor } from "./editor";
import { everythingOf, noteIdOf } from "./elements";
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
  /** Whether it can be done with what is chosen, and by them; left out: it always can. */
  can?: (bench: Bench) => boolean;
  /** Left out: keys alone do it. */
  run?: (bench: Bench) => unknown;
}

/** What several commands are offered for. */
const ANY = ["step", "note", "several"] as const;

const isStep = (id: string) => noteIdOf(id) === null;
const isAnyChosen = ({ editor }: Bench) => editor.getState().chosen.length > 0;
/** What was chosen last is what is meant where one alone can be. */
const isStepLast = ({ editor }: Bench) => editor.getState().chosen.slice(-1).some(isStep);
const isNoteLast = (bench: Bench) => isAnyChosen(bench) && !isStepLast(bench);

/** Everything that can be done by keys, the command palette and the menu of the canvas, in the order in which it is told (ED-5). */
export const COMMANDS = {
  palette: { keys: ["Ctrl+k"], run: ({ ask }) => ask("palette") },
  find: { keys: ["Ctrl+f"], run: ({ ask }) => ask("find") },
  help: { keys: ["?", "Shift+?"], run: ({ ask }) => ask("help") },
  menu: { keys: ["Shift+F10", "ContextMenu"], run: ({ editor }) => openMenu(editor) },
  outline: { keys: ["Ctrl+Shift+o"], run: ({ turn }) => turn() },
  open: { keys: ["Enter"], on: ["step"], can: isStepLast, run: ({ editor, open }) => onLast(editor, open) },
  write: { keys: ["Enter"], isChange: true, on: ["note"], can: isNoteLast, run: ({ editor, open }) => onLast(editor, open) },
  try_here: { on: ["step"], can: (bench) => bench.tryAt !== null && isStepLast(bench), run: ({ editor, tryAt }) => onLast(editor, (id) => tryAt?.(id)) },
  follow: { keys: ["Alt+ArrowRight"], run: ({ editor, show }) => walk(editor, following, show) },
  back: { keys: ["Alt+ArrowLeft"], run: ({ editor, show }) => walk(editor, leadingTo, show) },
  add_action: { keys: ["Shift+Enter"], isChange: true, on: ["step", "canvas"], run: ({ add }) => add("action") },
  add_condition: { keys: ["Alt+Enter"], isChange: true, on: ["step", "canvas"], run: ({ add }) => add("condition") },
  add_note: { keys: ["Alt+n"], isChange: true, on: ["canvas"], run: ({ addNote }) => addNote() },
  copy: { keys: ["Ctrl+c"], on: ANY, can: isAnyChosen, run: ({ editor }) => copyChosen(editor) },
  cut: { keys: ["Ctrl+x"], isChange: true, on: ANY, can: isAnyChosen, run: ({ editor }) => cutChosen(editor) },
  paste: { keys: ["Ctrl+v"], isChange: true, on: ["canvas"], run: pasteText },
  duplicate: { keys: ["Ctrl+d"], isChange: true, on: ANY, can: isAnyChosen, run: (bench) => sayWhy(bench, duplicateChosen(bench.editor)) },
  box: { told: "Shift + ⬚" },
  all: { keys: ["Ctrl+a"], on: ["canvas"], run: ({ editor }) => editor.getState().choose(everythingOf(editor.getState().scenario)) },
  after: { on: ["step", "several"], can: ({ editor }) => editor.getState().chosen.some(isStep), run: ({ editor }) => chooseAfter(editor) },
  move: { told: "← ↑ → ↓", isChange: true },
  remove: { keys: ["Delete", "Backspace"], isChange: true, on: ANY, can: isAnyChosen, run: ({ editor }) => removeChosen(editor) },
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

/** Whether a command does something here and now, for whoever may give it. */
export function isGiven(name: CommandName, bench: Bench, isEditing: boolean): boolean {
  const { isChange, can, run } = commandOf(name);
  return run !== undefined && (isEditing || !isChange) && (can?.(bench) ?? true);
}

/** The commands that the menu of the canvas may have. */
export type Offered = { [Name in CommandName]: (typeof COMMANDS)[Name] extends { on: readonly Target[] } ? Name : never }[CommandName];

/** The lines of the menu of the canvas, from top to bottom. */
export const offeredFor = (target: Target, bench: Bench, isEditing: boolean): Offered[] =>
  COMMAND_NAMES.filter((name): name is Offered => Boolean(commandOf(name).on?.includes(target)) && isGiven(name, bench, isEditing));

/** The commands of a key: of several, what is chosen tells which. */
const namesFor = (key: string) => COMMAND_NAMES.filter((name) => commandOf(name).keys?.includes(key));

/** Whether a key is one of the builder's, even where there is nothing to do by it. */
export const isKey = (key: string) => namesFor(key).length > 0;

/** The command of a key; null where it has none, or may not be given. */
export const commandFor = (key: string, bench: Bench, isEditing: boolean): CommandName | null => namesFor(key).find((name) => isGiven(name, bench, isEditing)) ?? null;

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
  choose([...chosen.filter((id) => !isStep(id)), ...allAfter(scenario, chosen)]);
}

/** It is taken away at once: by the time the clipboard answers something else may be chosen. */
function cutChosen(editor: Editor): Promise<void> {
  const kept = copyChosen(editor);
  removeChosen(editor);
  return kept;
}

async function pasteText(bench: Bench): Promise<void> {
  sayWhy(bench, await pasteKept(bench.editor, bench.pointed, bench.middle));
}

const sayWhy = ({ say, t }: Bench, refusal: Refusal) => refusal && say(t(refusal));
