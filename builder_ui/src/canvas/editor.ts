import { createContext, useContext } from "react";
import { type TemporalState, temporal } from "zundo";
import { createStore, type StoreApi, useStore } from "zustand";
import type { Scenario } from "../scenario/model";

const MOST_UNDONE = 200;

/** One scenario that is being worked on. */
interface EditorState {
  scenario: Scenario;
  /** Ids of the chosen nodes. */
  chosen: readonly string[];
  /** Change the scenario: one step of undo. Nothing happens where the change gives the same scenario back. */
  edit: (change: (scenario: Scenario) => Scenario) => void;
  /** What is edited by `run` is of one gesture, such as typing into a field: one step of undo for all of the same name. */
  during: (gesture: string, run: () => void) => void;
  choose: (ids: readonly string[]) => void;
}

type Undoable = Pick<EditorState, "scenario">;
export type Editor = StoreApi<EditorState> & { temporal: StoreApi<TemporalState<Undoable>> };

/** An editor of a scenario. Undo and redo (ED-5) hold the scenario alone; what is chosen is no change. */
export function createEditor(scenario: Scenario): Editor {
  let gesture = "";
  let lastGesture = "";
  const editor: Editor = createStore<EditorState>()(
    temporal(
      (set) => ({
        scenario,
        chosen: [],
        edit: (change) => {
          const history = editor.temporal.getState();
          const goesOn = gesture !== "" && gesture === lastGesture && history.pastStates.length > 0;
          lastGesture = gesture;
          if (goesOn) history.pause();
          set((state) => ({ scenario: change(state.scenario) }));
          history.resume();
        },
        during: (name, run) => {
          gesture = name;
          run();
          gesture = "";
        },
        choose: (chosen) => set({ chosen }),
      }),
      {
        partialize: ({ scenario: one }): Undoable => ({ scenario: one }),
        equality: (before, after) => before.scenario === after.scenario,
        limit: MOST_UNDONE,
      },
    ),
  );
  return editor;
}

const Current = createContext<Editor | null>(null);
export const EditorProvider = Current.Provider;

export function useEditorStore(): Editor {
  const editor = useContext(Current);
  if (editor === null) throw new Error("there is no editor here");
  return editor;
}

/** Something of the editor; the component renders again when it changes. */
export const useEditor = <Value>(pick: (state: EditorState) => Value): Value => useStore(useEditorStore(), pick);

/** How typing into a field becomes one step of undo; outside an editor there is nothing to undo. */
export function useDuring(): EditorState["during"] {
  const editor = useContext(Current);
  return editor === null ? (_, run) => run() : editor.getState().during;
}

/** Something of what can be undone and done again. */
export const useUndo = <Value>(pick: (state: TemporalState<Undoable>) => Value): Value => useStore(useEditorStore().temporal, pick);
