import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, ROUTES, useArrivalFocus } from "../router";
import styles from "./Page.module.css";
import { Preferences } from "./Preferences";

/** An ordinary page: the top bar, and content that scrolls. */
export function Page({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  const content = useRef<HTMLElement>(null);
  useDocumentTitle(title);
  useArrivalFocus(content);
  return (
    <div className={styles.page}>
      <a className={styles.skip} href="#content">
        {t("page.skip")}
      </a>
      <header className={styles.bar}>
        <Link className={styles.brand} href={ROUTES.home}>
          <img src="/favicon.svg" alt="" width="28" height="28" />
          {t("page.name")}
        </Link>
        <Preferences />
      </header>
      <main id="content" ref={content} className={styles.content} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** Name the browser's tab. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · botflow` : "botflow";
  }, [title]);
}
