import { useEffect, useRef } from "react";
import { useEditorStore } from "./editor";

/** Goes to the step that the address names, once for each address. To be called when the canvas is there. */
export function useAddressed(step: string | undefined, go: (id: string) => void): () => void {
  const editor = useEditorStore();
  const isThere = useRef(false);
  const reached = useRef<string>(undefined);
  const follow = () => {
    isThere.current = true;
    if (step === reached.current) return;
    reached.current = step;
    if (editor.getState().scenario.nodes.some(({ id }) => id === step)) go(step!);
  };
  useEffect(() => {
    if (isThere.current) follow();
    // eslint-disable-next-line -- what is gone to is the address, whatever else is rendered anew
  }, [step]);
  return follow;
}
