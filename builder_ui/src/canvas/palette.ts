import type { DragEvent } from "react";

export type Kind = "action" | "condition";

const TYPES: Record<Kind, string> = { action: "application/x-botflow-action", condition: "application/x-botflow-condition" };

/** Let a kind of node be dragged. */
export function drag(event: DragEvent, kind: Kind): void {
  event.dataTransfer.setData(TYPES[kind], kind);
  event.dataTransfer.effectAllowed = "copy";
}

/** The kind of node that is being dragged; null: something else. */
export const draggedKind = (event: DragEvent): Kind | null =>
  (Object.keys(TYPES) as Kind[]).find((kind) => event.dataTransfer.types.includes(TYPES[kind])) ?? null;
