import { createContext, useContext } from "react";
import type { Known } from "./known";

const Here = createContext<readonly Known[]>([]);

/** What can be written at the step whose fields are inside. */
export const VariablesProvider = Here.Provider;
export const useVariables = (): readonly Known[] => useContext(Here);
