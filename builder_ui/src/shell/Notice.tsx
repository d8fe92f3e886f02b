import type { ReactNode } from "react";
import styles from "./Notice.module.css";

interface NoticeProps {
  title: string;
  children?: ReactNode;
  /** Tell people who cannot see the page at once. */
  alert?: boolean;
}

/** A calm panel that says what is the matter and what to do next. */
export function Notice({ title, children, alert = false }: NoticeProps) {
  return (
    <section className={styles.notice} role={alert ? "alert" : undefined}>
      <h2 className={styles.title}>{title}</h2>
      {children}
    </section>
  );
}
