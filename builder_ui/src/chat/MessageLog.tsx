import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { regional } from "../i18n";
import { useArrivalFocus } from "../router";
import { Icon } from "../shell/Icon";
import { answerFrom } from "./answerFrom";
import type { Conversation, ConversationState } from "./conversation";
import { dayChanges, openMessages, sameMoment } from "./history";
import { LogScroll } from "./LogScroll";
import { MessageRow, UnsentRow } from "./MessageRow";
import styles from "./MessageLog.module.css";
import { TypingIndicator } from "./TypingIndicator";

interface MessageLogProps {
  name: string;
  language: string | undefined;
  state: ConversationState;
  conversation: Conversation;
}

/** The list is laid out from its end: this is where it ends, and above it positions are negative. */
const END = 0;
/** So far from the end, in pixels, one is reading older messages. */
const AWAY = 160;

/** The history, what waits to be sent, and whether the chatbot is typing. It stays at its end unless one scrolls up. */
export function MessageLog({ name, language, state, conversation }: MessageLogProps) {
  const { t } = useTranslation();
  const { opened } = state;
  const log = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const toNewest = () => {
    log.current?.scrollTo({ top: END });
    log.current?.focus();
  };
  useArrivalFocus(log);
  useEndOnSend(log, state.unsent.length);
  return (
    <div className={styles.frame}>
      <LogScroll label={t("chat.log", { name })} isBusy={!opened} ref={log} onScroll={(event) => setAway(event.currentTarget.scrollTop < -AWAY)}>
        <div className={styles.inside}>
          {!opened && state.connection === "connecting" && <p className={styles.day}>{t("chat.opening")}</p>}
          <Messages
            name={name}
            language={language}
            state={state}
            conversation={conversation}
            focus={() => answerFrom(log.current)}
          />
          {state.typing && <TypingIndicator name={name} />}
        </div>
      </LogScroll>
      {away && (
        <button type="button" className={styles.newest} aria-label={t("chat.newest")} onClick={toNewest}>
          <Icon name="down" size={22} />
        </button>
      )}
    </div>
  );
}

/** The messages in order, those that are not sent yet at the end. */
function Messages({ name, language, state, conversation, focus }: MessageLogProps & { focus: () => void }) {
  const { messages, closedBefore } = state;
  const known = new Set(messages.map((message) => message.id));
  const unsent = state.unsent.filter((message) => !known.has(message.id));
  const answered = unsent.some((message) => message.error === undefined);
  const live = useMemo(() => openMessages(messages, closedBefore), [messages, closedBefore]);
  return (
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
            active={!answered && live.has(message.id)}
            conversation={conversation}
            focus={focus}
          />
        </li>
      ))}
      {unsent.map((message) => (
        <li key={message.id} className={styles.item}>
          <UnsentRow message={message} conversation={conversation} />
        </li>
      ))}
    </ol>
  );
}

/** A person's own message is always brought into view. */
function useEndOnSend(log: RefObject<HTMLDivElement | null>, unsent: number): void {
  useLayoutEffect(() => {
    if (unsent > 0) log.current?.scrollTo({ top: END });
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
