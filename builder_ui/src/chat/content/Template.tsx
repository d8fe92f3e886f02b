import { useTranslation } from "react-i18next";
import styles from "./content.module.css";
import { MediaView } from "./MediaView";
import type { TemplateContent } from "./model";

/** An approved template: its text is the vendor's, so its name and what fills it are shown. */
export function Template({ content }: { content: TemplateContent }) {
  const { t } = useTranslation();
  return (
    <div className={styles.framed}>
      {content.media && <MediaView media={content.media} />}
      <p className={styles.footer}>{t("content.template")}</p>
      <h2 className={styles.heading}>{content.name}</h2>
      <dl className={styles.variables}>
        {Object.entries(content.variables ?? {}).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
