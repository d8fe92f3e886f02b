import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useRef } from "react";
import { useEditorStore } from "../editor";
import type { CanvasNode } from "../elements";

interface Corner {
  x: number;
  y: number;
}

/** A box that is drawn around nodes from far away chooses them, though the picture has no elements of them. Null: they are elements. */
export function useBox(nodes: readonly CanvasNode[] | null) {
  const flow = useReactFlow();
  const store = useStoreApi();
  const editor = useEditorStore();
  const from = useRef<Corner>(null);
  const cornerOf = ({ clientX: x, clientY: y }: { clientX: number; clientY: number }): Corner => flow.screenToFlowPosition({ x, y }, { snapToGrid: false });
  return {
    begin: () => {
      // where the button went down; this is told with the first movement, which may have come far
      const box = store.getState().userSelectionRect;
      from.current = box && { x: box.startX, y: box.startY };
    },
    end: (event: { clientX: number; clientY: number }) => {
      if (!nodes || !from.current) return;
      editor.getState().choose(within(nodes, from.current, cornerOf(event)));
      store.setState({ nodesSelectionActive: false });
    },
  };
}

/** The nodes of which a part is in the box. */
export function within(nodes: readonly CanvasNode[], one: Corner, other: Corner): string[] {
  const [left, right] = [Math.min(one.x, other.x), Math.max(one.x, other.x)];
  const [top, bottom] = [Math.min(one.y, other.y), Math.max(one.y, other.y)];
  const isIn = ({ position: { x, y }, width = 0, height = 0 }: CanvasNode) => x <= right && x + width >= left && y <= bottom && y + height >= top;
  return nodes.filter(isIn).map(({ id }) => id);
}
