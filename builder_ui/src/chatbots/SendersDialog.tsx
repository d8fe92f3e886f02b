import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import FormControlLabel from "@mui/material/FormControlLabel";
import Stack from "@mui/material/Stack";
import Switch from "@mui/material/Switch";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { useSenders } from "../senders/senders";
import { Listing } from "../workspace/Listing";
import { ProblemAlert } from "../workspace/ProblemAlert";
import { type Chatbot, disable, enable, useChatbots, useDraft } from "./chatbots";

/** Where a chatbot runs, and where it is the default one (CB-5, CB-10). Each switch holds at once. */
export function SendersDialog({ id, close }: { id: string; close: () => void }) {
  const { t } = useTranslation();
  const chatbot = useChatbots().data?.find((one) => one.id === id);
  const senders = useSenders();
  if (!chatbot) return null;
  const fitting = { ...senders, data: senders.data?.filter((sender) => sender.channel === chatbot.channel) } as typeof senders;
  return (
    <Dialog open onClose={close} aria-labelledby="enable-title">
      <DialogTitle id="enable-title">{t("chatbots.enable_title", { name: chatbot.name })}</DialogTitle>
      <DialogContent>
        <Listing found={fitting} empty={{ title: t("chatbots.no_sender"), text: t("chatbots.no_sender_text") }}>
          {(rows) => rows.map((sender) => <Place key={sender.id} chatbot={chatbot} sender={sender} />)}
        </Listing>
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{t("work.close")}</Button>
      </DialogActions>
    </Dialog>
  );
}

function Place({ chatbot, sender }: { chatbot: Chatbot; sender: Schemas["SenderView"] }) {
  const { t } = useTranslation();
  const settings = useDraft(chatbot.id).data?.document.settings as { is_default?: boolean } | undefined;
  const place = chatbot.senders.find((one) => one.sender === sender.id);
  const turning = useMutation({
    mutationFn: async (wanted: { runs: boolean; isDefault: boolean }) => {
      if (wanted.runs) return (await enable(chatbot.id, sender.id, wanted.isDefault)).warnings;
      await disable(chatbot.id, sender.id);
      return [];
    },
  });
  const isDefault = place?.is_default ?? false;
  return (
    <Stack sx={{ py: 1, borderBottom: 1, borderColor: "divider" }}>
      <Stack direction="row" sx={{ gap: 2, flexWrap: "wrap" }}>
        <FormControlLabel
          control={<Switch checked={place !== undefined} onChange={(_, runs) => turning.mutate({ runs, isDefault: settings?.is_default ?? false })} />}
          label={t("chatbots.runs_on", { sender: sender.name })}
        />
        <FormControlLabel
          disabled={place === undefined}
          control={<Switch checked={isDefault} onChange={(_, chosen) => turning.mutate({ runs: true, isDefault: chosen })} />}
          label={t("chatbots.default_here")}
        />
      </Stack>
      <ProblemAlert error={turning.error} />
      {turning.data?.map((warning) => (
        <Alert key={warning.message} severity="warning">
          {warning.message}
        </Alert>
      ))}
    </Stack>
  );
}
