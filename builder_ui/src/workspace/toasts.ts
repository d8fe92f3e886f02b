import { create } from "zustand";

export type Severity = "success" | "info" | "warning" | "error";

export interface Toast {
  id: number;
  severity: Severity;
  text: string;
  /** One thing to do about it, such as to undo it. */
  action?: { label: string; run: () => void };
}

interface Toasts {
  shown: readonly Toast[];
  dismiss: (id: number) => void;
}

const MOST_SHOWN = 3;
let last = 0;

export const useToasts = create<Toasts>((set) => ({
  shown: [],
  dismiss: (id) => set(({ shown }) => ({ shown: shown.filter((toast) => toast.id !== id) })),
}));

/** Tell whoever is at the page what happened, at its edge; the oldest make room, and the same is told once. */
export function tell(severity: Severity, text: string, action?: Toast["action"]): void {
  const toast: Toast = { id: ++last, severity, text, ...(action && { action }) };
  useToasts.setState(({ shown }) => ({ shown: [...shown.filter((one) => one.text !== text), toast].slice(-MOST_SHOWN) }));
}
