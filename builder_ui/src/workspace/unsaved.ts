import { useEffect } from "react";
import { create } from "zustand";
import { holdMoves } from "../router";

interface Leaving {
  /** Goes where somebody wanted to; null: nobody wants to leave. */
  leave: (() => void) | null;
}

/** Somebody is about to leave what they have not saved. */
export const useLeaving = create<Leaving>(() => ({ leave: null }));

/** Nobody leaves unsaved changes by a slip: within the page they are asked here, elsewhere by the browser. */
export function useUnsaved(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    const release = holdMoves((leave) => useLeaving.setState({ leave }));
    addEventListener("beforeunload", warn);
    return () => {
      release();
      removeEventListener("beforeunload", warn);
    };
  }, [isChanged]);
}
