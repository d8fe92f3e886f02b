import { useTranslation } from "react-i18next";
import { useChatbots } from "../home/chatbots";
import { Link, ROUTES } from "../router";
import buttons from "../shell/buttons.module.css";
import { Notice } from "../shell/Notice";
import { useDocumentTitle } from "../shell/Page";
import { ChatHeader } from "./ChatHeader";
import styles from "./ChatPage.module.css";
import { Composer } from "./Composer";
import { ConnectionBanner } from "./ConnectionBanner";
import { MessageLog } from "./MessageLog";
import { ThreadLine } from "./ThreadLine";
import { useConversation } from "./useConversation";

/** One chat with one chatbot. */
export function ChatPage({ sender }: { sender: string }) {
  const [state, conversation] = useConversation(sender);
  const [loading] = useChatbots();
  const chatbot = loading.state === "loaded" ? loading.chatbots.find((found) => found.sender === sender) : undefined;
  const name = chatbot?.name ?? sender;
  useDocumentTitle(name);
  const restart = () => void conversation.restart();
  return (
    <div className={styles.page}>
      <ChatHeader name={name} chatbot={chatbot} online={state.connection === "online"} restart={restart} />
      <ConnectionBanner connection={state.connection} unsent={state.unsent.length} problem={state.problem} />
      <main className={styles.main}>
        {state.refused === null ? (
          <>
            <MessageLog name={name} language={chatbot?.language} state={state} conversation={conversation} />
            <ThreadLine state={state} restart={restart} />
            <Composer send={(text) => conversation.send({ text })} />
          </>
        ) : (
          <Refused reason={state.refused} />
        )}
      </main>
    </div>
  );
}

function Refused({ reason }: { reason: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles.refused}>
      <Notice title={t("chat.refused")} alert>
        <p>{reason}</p>
        <Link className={buttons.primary} href={ROUTES.home}>
          {t("page.to_home")}
        </Link>
      </Notice>
    </div>
  );
}
