import PublishedWithChanges from "@mui/icons-material/PublishedWithChanges";
import TaskAlt from "@mui/icons-material/TaskAlt";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Popover from "@mui/material/Popover";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { ChatLink } from "../chatbots/ChatLink";
import { type Chatbot, useChatbots } from "../chatbots/chatbots";
import { isBegun } from "../chatbots/places";
import { SendersDialog } from "../chatbots/SendersDialog";
import { useSenders } from "../senders/senders";
import { useMay } from "../workspace/session";
import { NARROW } from "./room";
import { isChangedSince, type Saver } from "./saving";

/** What contacts chat with, and whether the draft does something else by now; behind it the ways to where it runs. */
export function PublishedMark({ saver, id }: { saver: Saver; id: string }) {
  const chatbot = useChatbots().data?.find((one) => one.id === id);
  return chatbot && chatbot.newest_version > 0 ? <Mark saver={saver} chatbot={chatbot} /> : null;
}

function Mark({ saver, chatbot }: { saver: Saver; chatbot: Chatbot }) {
  const { t } = useTranslation();
  const hasChanges = useStore(saver.store, (saving) => isChangedSince(saving, chatbot));
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isPlacing, setPlacing] = useState(false);
  const number = chatbot.newest_version;
  const words = t(hasChanges ? "publish.is_changed" : "publish.is_same", { number });
  const place = () => {
    setAnchor(null);
    setPlacing(true);
  };
  return (
    <>
      <Button
        size="small"
        color={hasChanges ? "warning" : "success"}
        aria-label={words}
        aria-haspopup="dialog"
        title={words}
        startIcon={hasChanges ? <PublishedWithChanges /> : <TaskAlt />}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ minWidth: 0, flex: "none", [NARROW]: { "& .MuiButton-startIcon": { mr: 0.5 } } }}
      >
        <Box component="span" sx={{ [NARROW]: { display: "none" } }}>
          {t("publish.version", { number })}
        </Box>
        <Box component="span" sx={{ display: "none", [NARROW]: { display: "inline" } }}>
          {t("chatbots.version", { number })}
        </Box>
      </Button>
      <Popover open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)} slotProps={{ paper: { role: "dialog", "aria-label": t("publish.state") } }} anchorOrigin={{ vertical: "bottom", horizontal: "right" }} transformOrigin={{ vertical: "top", horizontal: "right" }}>
        <Stack sx={{ gap: 1, p: 2, maxWidth: 380, alignItems: "flex-start" }}>
          <Typography>{words}</Typography>
          <Ways chatbot={chatbot} place={place} />
        </Stack>
      </Popover>
      {isPlacing && <SendersDialog id={chatbot.id} close={() => setPlacing(false)} />}
    </>
  );
}

/** Where one can chat with it; on channels that are not of the web, where it answers. */
function Ways({ chatbot, place }: { chatbot: Chatbot; place: () => void }) {
  const { t } = useTranslation();
  const mayPublish = useMay("chatbots.publish");
  const senders = useSenders().data ?? [];
  const named = chatbot.senders.map(({ sender }) => senders.find(({ id }) => id === sender) ?? { id: sender, name: sender });
  return (
    <>
      {named.map((sender) => (
        <WayTo key={sender.id} chatbot={chatbot} sender={sender} />
      ))}
      {!named.length && <Typography sx={{ color: "text.secondary" }}>{t("publish.nowhere")}</Typography>}
      {mayPublish && (
        <Button size="small" sx={{ ml: -0.5 }} onClick={place}>
          {t("publish.places")}
        </Button>
      )}
    </>
  );
}

function WayTo({ chatbot, sender }: { chatbot: Chatbot; sender: { id: string; name: string } }) {
  const { t } = useTranslation();
  if (!isBegun(chatbot, sender.id)) return <Typography>{t("publish.nothing_starts", { sender: sender.name })}</Typography>;
  if (chatbot.channel === "webchat") return <ChatLink sender={sender} />;
  return <Typography>{t("chatbots.runs_on", { sender: sender.name })}</Typography>;
}
