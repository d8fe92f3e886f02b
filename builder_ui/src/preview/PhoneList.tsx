import { useTranslation } from "react-i18next";
import styles from "./PhoneList.module.css";
import type { ShownList } from "./shown";
import { Written } from "./Written";

/** The list that a message opens, as it lies over the chat. */
export function PhoneList({ list: { button, sections } }: { list: ShownList }) {
  const { t } = useTranslation();
  return (
    <section className={styles.sheet} aria-label={t("preview.list")}>
      <p className={styles.button}>
        <Written text={button} />
      </p>
      {sections.map(({ title, rows }, index) => (
        <div key={index}>
          {title && (
            <p className={styles.title}>
              <Written text={title} />
            </p>
          )}
          <ul>
            {rows.map(({ text, description }, row) => (
              <li key={row} className={styles.row}>
                <span>{text ? <Written text={text} /> : t("preview.no_button_text")}</span>
                {description && (
                  <span className={styles.description}>
                    <Written text={description} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
