import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import { useTranslation } from "react-i18next";
import { useChatbots } from "./chatbots";
import { SenderPlaces } from "./SenderPlaces";

/** Where a chatbot runs. */
export function SendersDialog({ id, close }: { id: string; close: () => void }) {
  const { t } = useTranslation();
  const chatbot = useChatbots().data?.find((one) => one.id === id);
  if (!chatbot) return null;
  return (
    <Dialog open fullWidth onClose={close} aria-labelledby="enable-title">
      <DialogTitle id="enable-title">{t("chatbots.enable_title", { name: chatbot.name })}</DialogTitle>
      <DialogContent>
        <SenderPlaces chatbot={chatbot} />
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{t("work.close")}</Button>
      </DialogActions>
    </Dialog>
  );
}
