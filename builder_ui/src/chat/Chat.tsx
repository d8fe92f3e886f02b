import { useTranslation } from "react-i18next";
import { useChatbots } from "../home/chatbots";
import { Link, ROUTES } from "../router";
import buttons from "../shell/buttons.module.css";
import { Notice } from "../shell/Notice";
import { useDocumentTitle } from "../shell/Page";
import styles from "./Chat.module.css";
import { ChatHeader } from "./ChatHeader";
import { Composer } from "./Composer";
import { ConnectionBanner } from "./ConnectionBanner";
import type { Conversation, ConversationState } from "./conversation";
import { MessageLog } from "./MessageLog";
import { isLive } from "./protocol";
import { ThreadLine } from "./ThreadLine";

interface ChatProps {
  sender: string;
  state: ConversationState;
  conversation: Conversation;
  /** Closes a chat that stands on somebody else's page, where there is no way to our other pages. */
  close?: (() => void) | undefined;
}

/** One chat with one chatbot. */
export function Chat({ sender, state, conversation, close }: ChatProps) {
  const [loading] = useChatbots(sender);
  const found = loading.state === "loaded" ? loading : undefined;
  const chatbot = found?.chatbots.find((one) => one.sender === sender);
  // an id is no name: it is shown where there is no other
  const name = chatbot?.name ?? found?.sender?.name ?? (loading.state === "loading" ? "" : sender);
  useDocumentTitle(name);
  const restart = () => void conversation.restart();
  const online = state.connection === "online";
  return (
    <div className={styles.page}>
      <ChatHeader name={name} chatbot={chatbot} canRestart={state.opened && isLive(state.thread)} online={online} restart={restart} close={close} />
      <ConnectionBanner connection={state.connection} unsent={state.unsent.length} problem={state.problem} />
      <main className={styles.main}>
        {state.refused === null ? (
          <>
            <MessageLog name={name} language={chatbot?.language} state={state} conversation={conversation} />
            <ThreadLine state={state} isAnswered={chatbot !== undefined} isSilent={found?.sender?.answers === false} restart={restart} />
            <Composer send={(text) => conversation.send({ text })} autoFocus={!close} />
          </>
        ) : (
          <Refused reason={state.refused} embedded={close !== undefined} />
        )}
      </main>
    </div>
  );
}

function Refused({ reason, embedded }: { reason: string; embedded: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={styles.refused}>
      <Notice title={t("chat.refused")} alert>
        <p>{reason}</p>
        {!embedded && (
          <Link className={buttons.primary} href={ROUTES.home}>
            {t("page.to_home")}
          </Link>
        )}
      </Notice>
    </div>
  );
}
