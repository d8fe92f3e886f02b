import Link from "@mui/material/Link";
import { useTranslation } from "react-i18next";
import { chatPath } from "../router";

interface ChatLinkProps {
  /** Where one chats, and what that is called. */
  sender: { id: string; name: string };
  /** Its room may be there before it is. */
  isSeen?: boolean;
}

/** The way to where one chats as a contact does; its name is read whole, however long. */
export function ChatLink({ sender, isSeen = true }: ChatLinkProps) {
  const { t } = useTranslation();
  return (
    <Link href={chatPath(sender.id)} target="_blank" rel="noopener" sx={{ overflowWrap: "anywhere", visibility: isSeen ? "visible" : "hidden" }}>
      {t("publish.try_on", { sender: sender.name })}
    </Link>
  );
}
