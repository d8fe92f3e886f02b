import { createContext, useContext } from "react";

interface Writing {
  /** The element of the note that is being written; null: none. */
  written: string | null;
  /** Write a note, or stop it; nothing happens where nobody may. */
  write: (element: string | null) => void;
}

const Current = createContext<Writing>({ written: null, write: () => undefined });
export const WritingProvider = Current.Provider;
export const useWriting = (): Writing => useContext(Current);
