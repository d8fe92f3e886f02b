import { createContext, useContext, useState } from "react";
import type { Draft, RcsDetails, SmsDetails } from "./draft";
import type { Limits } from "./registrations";

/** What the fields of the form know and can do. */
export interface Editing {
  draft: Draft;
  limits: Limits;
  isLocked: boolean;
  setName: (name: string) => void;
  /** Change some of the details. */
  set: (details: Partial<SmsDetails & RcsDetails>) => void;
  /** Somebody was at this field: what is wrong with it may be said there from now on. */
  leave: (pointer: string) => void;
  /** What to say at the field of a place; `isWhole`: of what is inside it, too. */
  problemAt: (pointer: string, isWhole?: boolean) => string | undefined;
}

const Editor = createContext<Editing | null>(null);
export const EditorOf = Editor.Provider;

export function useEditing(): Editing {
  const editing = useContext(Editor);
  if (editing === null) throw new Error("no application is being written");
  return editing;
}

/** The fields that somebody was at. */
export function useLeft() {
  const [pointers, setPointers] = useState<ReadonlySet<string>>(new Set());
  return { has: (pointer: string) => pointers.has(pointer), add: (pointer: string) => setPointers((before) => new Set(before).add(pointer)) };
}
