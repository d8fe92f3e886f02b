import { createContext, useContext } from "react";

const Editing = createContext(true);

/** Whether the fields inside may be changed: what is no field of a form cannot be told by the form. */
export const EditingProvider = Editing.Provider;
export const useIsEditing = (): boolean => useContext(Editing);
