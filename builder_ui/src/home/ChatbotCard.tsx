import { useTranslation } from "react-i18next";
import type { Chatbot } from "../chat/protocol";
import { chatPath, Link } from "../router";
import { Avatar } from "../shell/Avatar";
import { Icon } from "../shell/Icon";
import styles from "./ChatbotCard.module.css";
import { channelName, languageName } from "./names";

/** One chatbot: what it is called, what it does, where and in which language it talks. The whole card is the link. */
export function ChatbotCard({ chatbot }: { chatbot: Chatbot }) {
  const { t, i18n } = useTranslation();
  return (
    <article className={styles.card}>
      <div className={styles.head}>
        <Avatar name={chatbot.name} />
        <h3 className={styles.name}>
          <Link
            className={styles.link}
            href={chatPath(chatbot.sender)}
            aria-label={t("home.chat_with", { name: chatbot.name })}
          >
            {chatbot.name}
          </Link>
        </h3>
      </div>
      <p className={styles.description}>{chatbot.description || t("home.no_description")}</p>
      <p className={styles.foot}>
        <span className={styles.tag}>{channelName(chatbot.channel, t)}</span>
        <span className={styles.tag}>{languageName(chatbot.language, i18n.language)}</span>
        <span className={styles.go} aria-hidden="true">
          {t("home.chat")} <Icon name="forward" size={18} />
        </span>
      </p>
    </article>
  );
}
