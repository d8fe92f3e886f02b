import { useEffect } from "react";
import { useEditorStore } from "./editor";
import { useSight } from "./sight";

/** Keeps the node in view whose panel opens beside the canvas, and what can be pressed at it. */
export function useReveal(opened: string | null): void {
  const { reveal } = useSight();
  const editor = useEditorStore();
  useEffect(() => {
    if (opened === null) return undefined;
    // once the panel has taken its room
    const frame = requestAnimationFrame(() => {
      const isThere = editor.getState().scenario.nodes.some(({ id }) => id === opened);
      if (isThere) reveal(opened);
    });
    return () => cancelAnimationFrame(frame);
  }, [opened, reveal, editor]);
}
