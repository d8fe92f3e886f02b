import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChatbots } from "../chatbots/chatbots";
import { useScenarioOf, useVersions } from "../history/versions";
import { move } from "../router";
import { useSenders } from "../senders/senders";
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
  const starting = useMutation({
    mutationFn: () => begin(thread.id, { sender, chatbot, node: nodes.some(({ id }) => id === node) ? node : null }),
    onSuccess: ({ thread: now }) => {
      tell(now ? "success" : "info", now ? t("inspector.begin_done") : t("inspector.begin_handed_over"));
      close();
      if (now) move(pathTo("threads", now));
    },
  });
  return (
    <FormDialog title={t("inspector.begin")} verb={t("inspector.begin_verb")} saving={starting} close={close} isReady={chatbots.some(({ id }) => id === chatbot)}>
      <Typography>{t("inspector.begin_text")}</Typography>
      <Choice label={t("inspector.sender")} value={sender} choose={setSender} options={senders.map(({ id, name }) => [id, name])} />
      <Choice label={t("inspector.chatbot")} value={chatbot} choose={setChatbot} options={chatbots.map(({ id, name }) => [id, name ?? id])} />
      <Choice label={t("inspector.begin_at")} value={node} choose={setNode} options={[["", t("inspector.begin_start")], ...nodes.map(({ id, label }): [string, string] => [id, label || id])]} />
    </FormDialog>
  );
}

/** The steps of a chatbot's newest version. */
function useNodesOf(chatbot: string) {
  const newest = useVersions(chatbot).data?.[0]?.number ?? null;
  return useScenarioOf(chatbot, newest).data?.nodes ?? [];
}

interface ChoiceProps {
  label: string;
  value: string;
  choose: (value: string) => void;
  options: readonly (readonly [string, string])[];
}

function Choice({ label, value, choose, options }: ChoiceProps) {
  const isThere = options.some(([id]) => id === value);
  return (
    <TextField select label={label} value={isThere ? value : ""} onChange={(event) => choose(event.target.value)} slotProps={{ select: { displayEmpty: isThere }, inputLabel: isThere ? { shrink: true } : {} }}>
      {options.map(([id, name]) => (
        <MenuItem key={id} value={id}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}
