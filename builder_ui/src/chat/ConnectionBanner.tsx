import { useTranslation } from "react-i18next";
import type { Connection } from "./conversation";
import styles from "./ConnectionBanner.module.css";

interface ConnectionBannerProps {
  connection: Connection;
  unsent: number;
  /** Why the last thing that was asked of the server did not happen. */
  problem: string | null;
}

/** Says when the server is out of reach, and that nothing is lost. */
export function ConnectionBanner({ connection, unsent, problem }: ConnectionBannerProps) {
  const { t } = useTranslation();
  const away = connection === "reconnecting";
  return (
    <div role="status">
      {away && (
        <p className={styles.banner}>
          <strong>{t("connection.reconnecting")}</strong>{" "}
          {unsent ? t("connection.kept", { count: unsent }) : t("connection.nothing_lost")}
        </p>
      )}
      {!away && problem && <p className={styles.banner}>{problem}</p>}
    </div>
  );
}
