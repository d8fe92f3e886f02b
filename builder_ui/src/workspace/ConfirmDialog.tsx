import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Typography from "@mui/material/Typography";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "./ProblemAlert";

interface ConfirmDialogProps {
  title: string;
  /** What will have happened afterwards. */
  text: string;
  /** The verb of the button. */
  verb: string;
  /** Do it; where it raises, the dialog stays and says why. */
  run: () => Promise<unknown>;
  close: () => void;
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({ title, text, verb, run, close }: ConfirmDialogProps) {
  const { t } = useTranslation();
  const doing = useMutation({ mutationFn: run, onSuccess: close });
  return (
    <Dialog open onClose={close} role="alertdialog" aria-labelledby="confirm-title">
      <DialogTitle id="confirm-title">{title}</DialogTitle>
      <DialogContent>
        <Typography>{text}</Typography>
        <ProblemAlert error={doing.error} />
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{t("work.cancel")}</Button>
        <Button color="error" variant="contained" loading={doing.isPending} onClick={() => doing.mutate()}>
          {verb}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
