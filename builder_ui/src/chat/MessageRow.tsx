import { Component, type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { regional } from "../i18n";
import { Avatar } from "../shell/Avatar";
import { Icon, type IconName } from "../shell/Icon";
import type { Conversation } from "./conversation";
import { type MessageActions, MessageContext } from "./content/message";
import { MessageContent } from "./content/registry";
import { Fallback, Words } from "./content/TextMessage";
import bubble from "./content/content.module.css";
import styles from "./MessageRow.module.css";
import type { Unsent } from "./outbox";
import type { Content, Message } from "./protocol";

/** Whoever gets what is written or tapped. */
export type Listener = Pick<Conversation, "send" | "act">;

interface MessageRowProps {
  name: string;
  /** The chatbot's language, for those who have messages read to them. */
  language: string | undefined;
  message: Message;
  /** The first of several from the same side. */
  first: boolean;
  /** The last of several from the same side within a minute: it shows the time for all of them. */
  last: boolean;
  active: boolean;
  conversation: Listener;
  /** Give the focus to where one answers next: a suggestion that is tapped goes, and would take the focus with it. */
  focus: () => void;
}

/** One message of the history. */
export function MessageRow(props: MessageRowProps) {
  const { name, message, first, last } = props;
  if (message.direction === "in") return <OwnMessage message={message} last={last} />;
  return (
    <div className={styles.row} data-first={first || undefined}>
      {first ? <Avatar name={name} small /> : <span className={styles.gap} />}
      <div className={styles.theirs}>
        <span className="visually-hidden">{name}: </span>
        <Shown {...props} />
        {last && <Meta at={message.at} />}
      </div>
    </div>
  );
}

/** A chatbot's content with its actions around it; content that cannot be shown does not take the page with it. */
function Shown({ message, language, active, conversation, focus }: MessageRowProps) {
  const actions = useMemo<MessageActions>(
    () => ({
      message,
      active,
      reply: ({ text, postback }) => {
        conversation.send({ text, postback: postback ?? text, in_reply_to: message.id });
        focus();
      },
      act: ({ id }) => conversation.act(message.id, id),
      share: (location) => {
        conversation.send({ location, in_reply_to: message.id });
        focus();
      },
    }),
    [message, active, conversation, focus],
  );
  return (
    <MessageContext value={actions}>
      <Unbroken content={message.content}>
        <div lang={language}>
          <MessageContent content={message.content} />
        </div>
      </Unbroken>
    </MessageContext>
  );
}

class Unbroken extends Component<{ content: Content; children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Fallback content={this.props.content} /> : this.props.children;
  }
}

/** What the delivery states of a person's message look like; one that is not known here was at least sent. */
const DELIVERY: Record<string, { icon: IconName; label: "sending" | "sent" | "read" }> = {
  sending: { icon: "clock", label: "sending" },
  delivered: { icon: "tick", label: "sent" },
  seen: { icon: "ticks", label: "read" },
};

function OwnMessage({ message, last }: { message: Message; last: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={styles.own}>
      <span className="visually-hidden">{t("chat.you")}: </span>
      <OwnWords content={message.content} />
      {last && <Meta at={message.at} delivery={message.status} />}
    </div>
  );
}

function OwnWords({ content }: { content: Content }) {
  return (
    <div className={bubble.bubble}>
      <Words text={ownText(content)} />
    </div>
  );
}

/** A message that the server has not confirmed: it waits, or it was refused and the person decides. */
export function UnsentRow({ message, conversation }: { message: Unsent; conversation: Conversation }) {
  const { t } = useTranslation();
  return (
    <div className={styles.own}>
      <span className="visually-hidden">{t("chat.you")}: </span>
      <OwnWords content={{ type: "text", ...message }} />
      {message.error === undefined ? (
        <Meta at={message.at} delivery="sending" />
      ) : (
        <p className={styles.refused} role="alert">
          <Icon name="warning" size={16} /> {t("chat.not_sent", { reason: message.error })}{" "}
          <button type="button" onClick={() => conversation.retry(message.id)}>
            {t("chat.send_again")}
          </button>{" "}
          <button type="button" onClick={() => conversation.discard(message.id)}>
            {t("chat.discard")}
          </button>
        </p>
      )}
    </div>
  );
}

function Meta({ at, delivery }: { at: string; delivery?: string }) {
  const { t, i18n } = useTranslation();
  const time = new Intl.DateTimeFormat(regional(i18n.language), { hour: "2-digit", minute: "2-digit" }).format(new Date(at));
  const state = delivery === undefined ? undefined : (DELIVERY[delivery] ?? DELIVERY.delivered);
  return (
    <p className={styles.meta}>
      <time dateTime={at}>{time}</time>
      {state && (
        <>
          <Icon name={state.icon} size={15} />
          <span className="visually-hidden">{t(`chat.${state.label}`)}</span>
        </>
      )}
    </p>
  );
}

/** The words of a person's own message; a place is shown by its coordinates. */
function ownText(content: Content): string {
  const { text, postback, location } = content as { text?: string; postback?: string; location?: unknown };
  return text || (Array.isArray(location) ? location.join(", ") : "") || postback || "";
}
