import { createContext, useContext } from "react";
import type { What } from "./growth";

/** Add a node after another one, from an outlet of it. Null: nobody edits. */
type Grow = ((node: string, what: What, handle: string) => void) | null;

const Growing = createContext<Grow>(null);
export const GrowProvider = Growing.Provider;
export const useGrow = (): Grow => useContext(Growing);
