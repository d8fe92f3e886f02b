import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { answer, api } from "../api/client";
import { useSentence } from "../workspace/ProblemAlert";
import { tell } from "../workspace/toasts";
import type { Saver } from "./saving";

/** Somebody else has saved meanwhile (ED-5): whose work goes on. Nothing is lost by either answer but "save mine over it". */
export function ConflictDialog({ saver, id, later }: { saver: Saver; id: string; later: () => void }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const isKept = useStore(saver.store, (saving) => saving.isKept);
  const theirs = () => {
    if (saver.setAside()) location.reload();
    else tell("error", t("saving.no_room"));
  };
  const mine = async () => {
    try {
      const draft = await answer(api.GET("/api/v1/chatbots/{chatbot_id}/draft", { params: { path: { chatbot_id: id } } }));
      saver.overwrite(draft.revision);
    } catch (error) {
      tell("error", sentence(error));
    }
  };
  return (
    <Dialog open onClose={later} aria-labelledby="conflict-title">
      <DialogTitle id="conflict-title">{t("saving.conflict_title")}</DialogTitle>
      <DialogContent>
        <Typography>{t("saving.conflict_text")} {t(isKept ? "saving.kept" : "saving.kept_here")}</Typography>
      </DialogContent>
      <DialogActions>
        <Button onClick={later}>{t("saving.later")}</Button>
        <Button onClick={theirs}>{t("saving.theirs")}</Button>
        <Button color="warning" variant="contained" onClick={() => void mine()}>
          {t("saving.mine")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
