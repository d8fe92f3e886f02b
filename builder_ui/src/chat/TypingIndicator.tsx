import { useTranslation } from "react-i18next";
import styles from "./TypingIndicator.module.css";

/** Three dots while the chatbot writes. */
export function TypingIndicator({ name }: { name: string }) {
  const { t } = useTranslation();
  return (
    <p className={styles.typing}>
      <span className="visually-hidden">{t("chat.typing", { name })}</span>
      <span className={styles.dot} />
      <span className={styles.dot} />
      <span className={styles.dot} />
    </p>
  );
}
