import { createContext, useContext } from "react";
import type { CheckedFields } from "../checkedForm/useCheckedForm";
import type { Draft, RcsDetails, SmsDetails } from "./draft";
import type { Limits } from "./registrations";

/** What the fields of the form know and can do. */
export interface Editing extends CheckedFields<Draft> {
  limits: Limits;
  setName: (name: string) => void;
  /** Change some of the details. */
  set: (details: Partial<SmsDetails & RcsDetails>) => void;
}

const Editor = createContext<Editing | null>(null);
export const EditorOf = Editor.Provider;

export function useEditing(): Editing {
  const editing = useContext(Editor);
  if (editing === null) throw new Error("no application is being written");
  return editing;
}
