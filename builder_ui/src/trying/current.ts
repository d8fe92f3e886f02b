import { createContext, useContext, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import type { Editor } from "../canvas/editor";
import type { Testing } from "./testing";
import { Trial, type Trying } from "./trial";

const trials = new WeakMap<Editor, Trial>();

/** The chat with the draft of an editor. It stays while somebody looks at other pages, as their edits do. */
export function trialOf(editor: Editor, id: string): Trial {
  let trial = trials.get(editor);
  if (!trial) {
    trial = new Trial(id, editor);
    trials.set(editor, trial);
  }
  return trial;
}

const Current = createContext<Trial | null>(null);
export const TrialProvider = Current.Provider;

/** The chat with the draft; null where nobody can try it. */
export const useMaybeTrial = (): Trial | null => useContext(Current);

/** Whether the chat with the draft is open. */
export function useIsTrying(): boolean {
  const trial = useMaybeTrial();
  return useSyncExternalStore(trial?.store.subscribe ?? never, () => trial?.store.getState().isOpen ?? false);
}

const never = () => () => undefined;

export function useTrial(): Trial {
  const trial = useContext(Current);
  if (trial === null) throw new Error("there is nothing to try here");
  return trial;
}

/** Something of the chat; the component renders again when it changes. */
export const useTrying = <Value>(pick: (state: Trying) => Value): Value => useStore(useTrial().store, pick);

/** Something of the runs of its tests. */
export const useTesting = <Value>(pick: (state: Testing) => Value): Value => useStore(useTrial().tests.store, pick);
