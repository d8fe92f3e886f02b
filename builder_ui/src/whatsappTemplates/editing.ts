import { createContext, useContext } from "react";
import type { CheckedFields } from "../checkedForm/useCheckedForm";
import type { Component, Draft } from "./model/components";
import { type Place, pointerOf, withValue } from "./model/place";
import { withSamples } from "./model/variables";
import type { Limits } from "./templates";

/** What the fields of the form know and can do. */
export interface Editing {
  draft: Draft;
  limits: Limits;
  isLocked: boolean;
  /** Change the template; samples follow the variables. */
  change: (draft: Draft) => void;
  set: (place: Place, value: unknown) => void;
  setComponents: (components: Component[]) => void;
  /** Somebody was at this field: what is wrong with it may be said there from now on. */
  leave: (place: Place) => void;
  /** What to say at the field of a place. */
  problemAt: (place: Place) => string | undefined;
}

const Editor = createContext<Editing | null>(null);
export const EditorOf = Editor.Provider;

export function useEditing(): Editing {
  const editing = useContext(Editor);
  if (editing === null) throw new Error("no template is being written");
  return editing;
}

/** The fields' side of a draft. */
export function editingOf(fields: CheckedFields<Draft>, write: (draft: Draft) => void, limits: Limits): Editing {
  const { draft, isLocked } = fields;
  const change = (next: Draft) => write(withSamples(next));
  return {
    draft,
    limits,
    isLocked,
    change,
    set: (place, value) => change(withValue(draft, place, value)),
    setComponents: (components) => change({ ...draft, components }),
    leave: (place) => fields.leave(pointerOf(place)),
    problemAt: (place) => fields.problemAt(pointerOf(place)),
  };
}
