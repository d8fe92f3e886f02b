import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { useLeaving } from "./unsaved";

const stay = () => useLeaving.setState({ leave: null });

/** Asks whoever leaves what they have not saved. */
export function LeaveDialog() {
  const { t } = useTranslation();
  const leave = useLeaving((leaving) => leaving.leave);
  const go = () => {
    stay();
    leave?.();
  };
  return leave ? (
    <Dialog open onClose={stay} role="alertdialog" aria-labelledby="leave-title" aria-describedby="leave-text">
      <DialogTitle id="leave-title">{t("work.unsaved")}</DialogTitle>
      <DialogContent>
        <Typography id="leave-text">{t("work.unsaved_text")}</Typography>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" autoFocus onClick={stay}>
          {t("work.stay")}
        </Button>
        <Button color="error" onClick={go}>
          {t("work.leave")}
        </Button>
      </DialogActions>
    </Dialog>
  ) : null;
}
