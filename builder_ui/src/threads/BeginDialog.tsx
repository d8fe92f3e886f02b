import Typography from "@mui/material/Typography";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChatbots } from "../chatbots/chatbots";
import { useScenarioOf, useVersions } from "../history/versions";
import { move } from "../router";
import { useSenders } from "../senders/senders";
import { ChoiceField } from "../workspace/ChoiceField";
import { FormDialog } from "../workspace/FormDialog";
import { pathTo } from "../workspace/sections";
import { tell } from "../workspace/toasts";
import { begin, type Thread } from "./threads";

interface BeginDialogProps {
  thread: Thread;
  step: string | null;
  close: () => void;
}

/** Starts the contact anew: with a chatbot, at a step of it, through a sender that it runs on (TH-2). */
export function BeginDialog({ thread, step, close }: BeginDialogProps) {
  const { t } = useTranslation();
  const [sender, setSender] = useState(thread.sender);
  const [chatbot, setChatbot] = useState(thread.chatbot);
  const [node, setNode] = useState(step ?? "");
  const channel = useSenders().data?.find(({ id }) => id === thread.sender)?.channel;
  const senders = (useSenders().data ?? []).filter((one) => one.id === thread.sender || one.channel === channel);
  const chatbots = (useChatbots().data ?? []).filter(({ senders: places }) => places.some((one) => one.sender === sender));
  const nodes = useNodesOf(chatbot);
  const isThere = chatbots.some(({ id }) => id === chatbot);
  const isStep = nodes.some(({ id }) => id === node);
  const starting = useMutation({
    mutationFn: () => begin(thread.id, { sender, chatbot, node: isStep ? node : null }),
    onSuccess: ({ thread: now }) => {
      tell(now ? "success" : "info", now ? t("inspector.begin_done") : t("inspector.begin_handed_over"));
      close();
      if (now) move(pathTo("threads", now));
    },
  });
  return (
    <FormDialog title={t("inspector.begin")} verb={t("inspector.begin_verb")} saving={starting} close={close} isReady={isThere}>
      <Typography>{t("inspector.begin_text")}</Typography>
      <ChoiceField label={t("inspector.sender")} value={sender} choices={senders.map(({ id, name }) => ({ value: id, name }))} change={(chosen) => setSender(chosen ?? sender)} />
      <ChoiceField label={t("inspector.chatbot")} value={isThere ? chatbot : null} choices={chatbots.map(({ id, name }) => ({ value: id, name }))} change={(chosen) => setChatbot(chosen ?? chatbot)} />
      <ChoiceField label={t("inspector.begin_at")} value={isStep ? node : null} choices={nodes.map(({ id, label }) => ({ value: id, name: label || id }))} none={t("inspector.begin_start")} change={(chosen) => setNode(chosen ?? "")} />
    </FormDialog>
  );
}

/** The steps of a chatbot's newest version. */
function useNodesOf(chatbot: string) {
  const newest = useVersions(chatbot).data?.[0]?.number ?? null;
  return useScenarioOf(chatbot, newest).data?.nodes ?? [];
}
