import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../workspace/CopyButton";
import type { MadeKey } from "./keys";

/** The text of a new key, which is nowhere else afterwards: so it closes by its button only. */
export function MadeKeyDialog({ made, close }: { made: MadeKey; close: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog open aria-labelledby="made-key">
      <DialogTitle id="made-key">{t("keys.made", { name: made.name })}</DialogTitle>
      <DialogContent>
        <Alert severity="warning" sx={{ mb: 2 }}>
          {t("keys.once")}
        </Alert>
        <TextField
          label={t("keys.key")}
          value={made.key}
          slotProps={{ htmlInput: { readOnly: true, onFocus: (event: React.FocusEvent<HTMLInputElement>) => event.target.select() } }}
        />
      </DialogContent>
      <DialogActions>
        <CopyButton text={made.key} />
        <Button variant="contained" onClick={close}>
          {t("keys.kept")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
