import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { type FocusEvent, useId } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "./CopyButton";

interface ShownOnceDialogProps {
  title: string;
  /** What the secret is called. */
  label: string;
  secret: string;
  /** What to do with it. */
  text?: string;
  close: () => void;
}

/** A secret that is nowhere else afterwards: so it closes by its button only. */
export function ShownOnceDialog({ title, label, secret, text, close }: ShownOnceDialogProps) {
  const { t } = useTranslation();
  const heading = useId();
  const select = (event: FocusEvent<HTMLInputElement>) => event.target.select();
  return (
    <Dialog open aria-labelledby={heading}>
      <DialogTitle id={heading}>{title}</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2 }}>
          <Alert severity="warning">{t("work.once")}</Alert>
          <TextField
            label={label}
            value={secret}
            slotProps={{ htmlInput: { readOnly: true, onFocus: select, sx: { fontFamily: "monospace" } } }}
          />
          {text && <Typography sx={{ color: "text.secondary" }}>{text}</Typography>}
        </Stack>
      </DialogContent>
      <DialogActions>
        <CopyButton text={secret} />
        <Button variant="contained" onClick={close}>
          {t("work.kept")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
