import { createContext, useContext, useState } from "react";
import type { Place as BrokenRule } from "../api/client";
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

interface Told {
  limits: Limits;
  isLocked: boolean;
  broken: readonly BrokenRule[];
  /** Say everything that is wrong, wherever somebody was. */
  isTellingAll: boolean;
  /** A broken rule in the language of the page. */
  words: (rule: BrokenRule) => string;
}

/** The fields' side of a draft. */
export function editingOf(draft: Draft, write: (draft: Draft) => void, left: Left, { limits, isLocked, broken, isTellingAll, words }: Told): Editing {
  const change = (next: Draft) => write(withSamples(next));
  return {
    draft,
    limits,
    isLocked,
    change,
    set: (place, value) => change(withValue(draft, place, value)),
    setComponents: (components) => change({ ...draft, components }),
    leave: (place) => left.add(pointerOf(place)),
    problemAt: (place) => {
      const pointer = pointerOf(place);
      const rule = isTellingAll || left.has(pointer) ? broken.find((one) => one.pointer === pointer) : undefined;
      return rule && words(rule);
    },
  };
}

export interface Left {
  has: (pointer: string) => boolean;
  add: (pointer: string) => void;
}

/** The fields that somebody was at. */
export function useLeft(): Left {
  const [pointers, setPointers] = useState<ReadonlySet<string>>(new Set());
  return { has: (pointer) => pointers.has(pointer), add: (pointer) => setPointers((before) => new Set(before).add(pointer)) };
}
