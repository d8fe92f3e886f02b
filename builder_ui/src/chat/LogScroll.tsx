import type { ReactNode, Ref, UIEventHandler } from "react";
import styles from "./LogScroll.module.css";

interface LogScrollProps {
  /** What it is, for those who cannot see it. */
  label: string;
  /** Whether more is on its way. */
  isBusy: boolean;
  onScroll?: UIEventHandler<HTMLDivElement>;
  ref: Ref<HTMLDivElement>;
  children: ReactNode;
}

/** A conversation as it grows. It stays at its end unless one scrolls up, and what comes is read out. */
export function LogScroll({ label, isBusy, onScroll, ref, children }: LogScrollProps) {
  return (
    <div className={styles.scroll} ref={ref} tabIndex={0} role="log" aria-live="polite" aria-label={label} aria-busy={isBusy} onScroll={onScroll}>
      {children}
    </div>
  );
}
