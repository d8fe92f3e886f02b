import { useTranslation } from "react-i18next";
import buttons from "../shell/buttons.module.css";
import type { ConversationState } from "./conversation";
import { isLive } from "./protocol";
import styles from "./ThreadLine.module.css";

/** Where the chat stands, when there is something to say about it, and how to begin again once it has ended. */
export function ThreadLine({ state, restart }: { state: ConversationState; restart: () => void }) {
  const { t } = useTranslation();
  const { thread } = state;
  const silent = !state.opened || thread === "active";
  return (
    <div className={styles.place} role="status">
      {!silent && (
        <p className={styles.line}>
          <span>{t(`thread.${thread ?? "none"}`)}</span>
          {!isLive(thread) && (
            <button type="button" className={buttons.plain} disabled={state.connection !== "online"} onClick={restart}>
              {thread ? t("thread.start") : t("thread.begin")}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
