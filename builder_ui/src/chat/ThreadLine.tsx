import { useTranslation } from "react-i18next";
import buttons from "../shell/buttons.module.css";
import type { ConversationState } from "./conversation";
import { isLive } from "./protocol";
import styles from "./ThreadLine.module.css";

interface ThreadLineProps {
  state: ConversationState;
  /** Whether whatever is written starts a chatbot: the sender has one for that. */
  isAnswered: boolean;
  /** Whether nothing that is written starts any chatbot. */
  isSilent: boolean;
  restart: () => void;
}

/** Where the chat stands, when there is something to say about it, and how to begin again once it has ended. */
export function ThreadLine({ state, isAnswered, isSilent, restart }: ThreadLineProps) {
  const { t } = useTranslation();
  const { thread } = state;
  const hasNothingToSay = !state.opened || thread === "active";
  return (
    <div className={styles.place} role="status">
      {!hasNothingToSay && (
        <p className={styles.line}>
          <span>
            {t(`thread.${thread ?? "none"}`)}
            {thread && !isLive(thread) && isAnswered && ` ${t("thread.write")}`}
            {!isLive(thread) && isSilent && ` ${t("thread.unanswered")}`}
          </span>
          {!isLive(thread) && (thread || !isSilent) && (
            <button type="button" className={buttons.plain} disabled={state.connection !== "online"} onClick={restart}>
              {thread ? t("thread.start") : t("thread.begin")}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
