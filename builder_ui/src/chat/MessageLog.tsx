import { useLayoutEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { regional } from "../i18n";
import { useArrivalFocus } from "../router";
import type { Conversation, ConversationState } from "./conversation";
import { dayChanges, openMessages, sameMoment } from "./history";
import { MessageRow, UnsentRow } from "./MessageRow";
import styles from "./MessageLog.module.css";
import { TypingIndicator } from "./TypingIndicator";

interface MessageLogProps {
  name: string;
  language: string | undefined;
  state: ConversationState;
  conversation: Conversation;
}

/** The history, what waits to be sent, and whether the chatbot is typing. It stays at its end unless one scrolls up. */
export function MessageLog({ name, language, state, conversation }: MessageLogProps) {
  const { t } = useTranslation();
  const { messages, opened } = state;
  const known = new Set(messages.map((message) => message.id));
  const unsent = state.unsent.filter((message) => !known.has(message.id));
  const live = useMemo(() => openMessages(messages, state.closedBefore), [messages, state.closedBefore]);
  const log = useRef<HTMLDivElement>(null);
  useArrivalFocus(log);
  useEndOnSend(log, state.unsent.length);
  return (
    <div
      className={styles.scroll}
      ref={log}
      tabIndex={0}
      role="log"
      aria-live="polite"
      aria-label={t("chat.log", { name })}
      aria-busy={!opened}
    >
      <div className={styles.inside}>
        {!opened && state.connection === "connecting" && <p className={styles.day}>{t("chat.opening")}</p>}
        <ol className={styles.messages}>
          {messages.map((message, index) => (
            <li key={message.id} className={styles.item}>
              {dayChanges(messages[index - 1]?.at, message.at) && <Day at={message.at} />}
              <MessageRow
                name={name}
                language={language}
                message={message}
                first={messages[index - 1]?.direction !== message.direction}
                last={!sameMoment(message, messages[index + 1])}
                active={unsent.length === 0 && live.has(message.id)}
                conversation={conversation}
                focus={() => log.current?.focus()}
              />
            </li>
          ))}
          {unsent.map((message) => (
            <li key={message.id} className={styles.item}>
              <UnsentRow message={message} conversation={conversation} />
            </li>
          ))}
        </ol>
        {state.typing && <TypingIndicator name={name} />}
      </div>
    </div>
  );
}

/** A person's own message is always brought into view. (The list is laid out from its end: 0 is the end.) */
function useEndOnSend(log: React.RefObject<HTMLDivElement | null>, unsent: number): void {
  useLayoutEffect(() => {
    if (unsent > 0) log.current?.scrollTo({ top: 0 });
  }, [log, unsent]);
}

const DAY = { weekday: "long", day: "numeric", month: "long" } as const;

function Day({ at }: { at: string }) {
  const { t, i18n } = useTranslation();
  const day = new Date(at);
  const today = !dayChanges(at, new Date().toISOString());
  const name = new Intl.DateTimeFormat(regional(i18n.language), DAY).format(day);
  return <p className={styles.day}>{today ? t("chat.today") : name}</p>;
}
