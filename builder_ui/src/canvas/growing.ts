import { createContext, useContext } from "react";
import type { What } from "./growth";

/** Add a node after another one, from an outlet of it. Null: nobody edits. */
type Grow = ((node: string, what: What, handle: string) => void) | null;

/** Show a node, and open it. */
type Go = (node: string) => void;

const Going = createContext<Go>(() => undefined);
export const GoProvider = Going.Provider;
export const useGo = (): Go => useContext(Going);

const Growing = createContext<Grow>(null);
export const GrowProvider = Growing.Provider;
export const useGrow = (): Grow => useContext(Growing);
