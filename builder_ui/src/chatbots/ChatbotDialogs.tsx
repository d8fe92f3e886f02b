import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../workspace/ConfirmDialog";
import { type Chatbot, deleteChatbot } from "./chatbots";
import { CopyDialog } from "./CopyDialog";
import { ImportDialog } from "./ImportDialog";
import { NewChatbotDialog } from "./NewChatbotDialog";
import { SendersDialog } from "./SendersDialog";

/** What is being done with chatbots in a dialog. */
export type ChatbotDoing =
  | { what: "new" }
  | { what: "import"; files: File[] }
  | { what: "copy" | "delete" | "senders"; chatbot: Chatbot };

interface ChatbotDialogsProps {
  doing: ChatbotDoing;
  /** Ids that chatbots have already. */
  taken: readonly string[];
  close: () => void;
}

export function ChatbotDialogs({ doing, taken, close }: ChatbotDialogsProps) {
  switch (doing.what) {
    case "new":
      return <NewChatbotDialog taken={taken} close={close} />;
    case "import":
      return <ImportDialog files={doing.files} close={close} />;
    case "copy":
      return <CopyDialog chatbot={doing.chatbot} taken={taken} close={close} />;
    case "senders":
      return <SendersDialog id={doing.chatbot.id} close={close} />;
    case "delete":
      return <DeleteDialog chatbot={doing.chatbot} close={close} />;
  }
}

function DeleteDialog({ chatbot, close }: { chatbot: Chatbot; close: () => void }) {
  const { t } = useTranslation();
  return (
    <ConfirmDialog
      title={t("chatbots.delete_title", { name: chatbot.name })}
      text={t("chatbots.delete_text")}
      verb={t("chatbots.delete")}
      run={() => deleteChatbot(chatbot.id)}
      close={close}
    />
  );
}
