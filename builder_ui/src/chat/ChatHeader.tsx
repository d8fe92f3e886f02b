import { useTranslation } from "react-i18next";
import { channelName, languageName } from "../home/names";
import { Link, ROUTES } from "../router";
import { Avatar } from "../shell/Avatar";
import { Icon } from "../shell/Icon";
import { Preferences } from "../shell/Preferences";
import styles from "./ChatHeader.module.css";
import type { Chatbot } from "./protocol";

interface ChatHeaderProps {
  name: string;
  chatbot: Chatbot | undefined;
  /** Whether something runs that could begin anew; otherwise the way to begin stands below the messages. */
  canRestart: boolean;
  online: boolean;
  restart: () => void;
  close: (() => void) | undefined;
}

/** Who one is talking to, the way out, and the way to begin anew. */
export function ChatHeader({ name, chatbot, canRestart, online, restart, close }: ChatHeaderProps) {
  const { t, i18n } = useTranslation();
  return (
    <header className={styles.header}>
      <div className={styles.inside}>
        {!close && (
          <Link className={styles.icon} href={ROUTES.home} aria-label={t("page.home")}>
            <Icon name="back" size={22} />
          </Link>
        )}
        <Avatar name={name} />
        <div className={styles.who}>
          <h1 className={styles.name}>{name}</h1>
          {chatbot && !close && (
            <p className={styles.about}>
              {channelName(chatbot.channel, t)} · {languageName(chatbot.language, i18n.language)}
            </p>
          )}
        </div>
        {!close && (
          <div className={styles.preferences}>
            <Preferences />
          </div>
        )}
        <button type="button" className={styles.restart} data-away={!canRestart || undefined} disabled={!online} onClick={restart}>
          <Icon name="restart" />
          <span className={styles.label}>{t("chat.restart")}</span>
        </button>
        {close && (
          <button type="button" className={styles.icon} aria-label={t("chat.close")} onClick={close}>
            <Icon name="close" size={22} />
          </button>
        )}
      </div>
    </header>
  );
}
