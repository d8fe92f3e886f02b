import { useReactFlow } from "@xyflow/react";
import { useTranslation } from "react-i18next";
import { addNote } from "../scenario/notes";
import type { At } from "../scenario/model";
import { namesIn } from "../steps/names";
import { trialOf } from "../trying/current";
import { useMay } from "../workspace/session";
import { tell } from "../workspace/toasts";
import { useArrival } from "./arrival";
import type { Bench } from "./commands";
import { useEditorStore } from "./editor";
import { elementOfNote, noteIdOf } from "./elements";
import { grow, growAfter, type What } from "./growth";
import { useSight } from "./sight";

export type Dialog = "find" | "help" | "palette";

/** What the workbench keeps beside the scenario. */
interface Shown {
  /** The chatbot. */
  id: string;
  isOutline: boolean;
  open: (id: string) => void;
  ask: (dialog: Dialog) => void;
  turn: () => void;
  write: (note: string) => void;
}

export interface EditorBench extends Bench {
  /** Add something there, and open it. */
  addAt: (what: What, at: At) => void;
  /** Add something after a node, from an outlet of it. */
  addAfter: (node: string, what: What, handle?: string) => void;
  /** Show a node, and open it. */
  go: (id: string) => void;
  focus: (id: string) => void;
  /** The same for somebody who points at a place. */
  at: (pointed: At) => EditorBench;
}

/** What buttons, keys and the command palette do, each in one place. */
export function useBench({ id: chatbot, isOutline, open, ask, turn, write }: Shown): EditorBench {
  const { t } = useTranslation();
  const flow = useReactFlow();
  const editor = useEditorStore();
  const { fit } = useArrival();
  const { goTo } = useSight();
  const mayTry = useMay("chatbots.edit");
  const nameFor = namesIn(t);
  const put = (grown: ReturnType<typeof grow>) => {
    editor.getState().edit(() => grown.scenario);
    editor.getState().choose([grown.id]);
    open(grown.id);
  };
  const seen = (): At => {
    const { left, top, width, height } = document.querySelector(".react-flow")?.getBoundingClientRect() ?? { left: 0, top: 0, width: innerWidth, height: innerHeight };
    const { x, y } = flow.screenToFlowPosition({ x: left + width / 2, y: top + height / 2 });
    return [x, y];
  };
  const addAt = (what: What, at: At) => put(grow(editor.getState().scenario, what, at, nameFor));
  const addAfter = (node: string, what: What, handle?: string) => put(growAfter(editor.getState().scenario, node, what, nameFor, handle));
  const focus = (id: string) => focusSoon(isOutline ? `[id="outline ${CSS.escape(id)}"]` : `.react-flow__node[data-id="${CSS.escape(id)}"]`);
  const show = (id: string) => {
    editor.getState().choose([id]);
    if (isOutline) focus(id);
    else void goTo(id).then(() => focus(id));
  };
  const go = (id: string) => {
    show(id);
    open(id);
  };
  const openAny = (id: string) => (noteIdOf(id) === null ? open(id) : write(id));
  const tryAt = mayTry ? (id: string) => trialOf(editor, chatbot).startAt(id) : null;
  const benchAt = (pointed: At | null): EditorBench => {
    const middle = () => pointed ?? seen();
    const add = (what: What) => {
      const { chosen, scenario } = editor.getState();
      const last = chosen.findLast((id) => scenario.nodes.some((node) => node.id === id));
      if (last) addAfter(last, what);
      else addAt(what, middle());
    };
    const note = () => {
      const added = addNote(editor.getState().scenario, "", middle());
      editor.getState().edit(() => added.scenario);
      editor.getState().choose([elementOfNote(added.id)]);
      write(elementOfNote(added.id));
    };
    const say = (text: string) => tell("info", text);
    return { editor, open: openAny, show, fit, add, addNote: note, turn, ask, tryAt, pointed, middle, say, t, addAt, addAfter, go, focus, at: benchAt };
  };
  return benchAt(null);
}

const PATIENCE = 10;

/** Focus what may come only with one of the next frames, unless the focus has gone into the panel meanwhile. */
function focusSoon(selector: string, patience = PATIENCE): void {
  if (document.activeElement?.closest("aside")) return;
  const found = document.querySelector<HTMLElement>(selector);
  if (found) found.focus();
  else if (patience > 0) requestAnimationFrame(() => focusSoon(selector, patience - 1));
}
