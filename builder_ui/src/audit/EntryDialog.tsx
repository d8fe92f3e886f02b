import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { useTime } from "../workspace/times";
import type { AuditEntry } from "./audit";
import { DifferenceTable } from "./DifferenceTable";
import { differencesOf } from "./differences";
import type { Filters } from "./filters";
import { useDeed } from "./useDeed";

interface EntryDialogProps {
  entry: AuditEntry;
  /** Look for what is like it. */
  filter: (filters: Filters) => void;
  close: () => void;
}

/** One entry: who, when, of what, and what changed. */
export function EntryDialog({ entry, filter, close }: EntryDialogProps) {
  const { t } = useTranslation();
  const time = useTime();
  const deed = useDeed();
  const differences = differencesOf(entry, time);
  const look = (filters: Filters) => {
    filter(filters);
    close();
  };
  return (
    <Dialog open onClose={close} aria-labelledby="entry-title" maxWidth="md">
      <DialogTitle id="entry-title">{deed(entry.action)}</DialogTitle>
      <DialogContent>
        <Typography>{t("audit.by", { actor: entry.actor, when: time(entry.at) })}</Typography>
        <Typography sx={{ color: "text.secondary", mb: 2, overflowWrap: "anywhere" }}>{t("audit.object", { id: entry.object_id })}</Typography>
        {differences.length > 0 ? <DifferenceTable differences={differences} /> : <Typography>{t("audit.no_values")}</Typography>}
      </DialogContent>
      <DialogActions sx={{ flexWrap: "wrap" }}>
        <Button onClick={() => look({ kind: entry.kind, object_id: entry.object_id })}>{t("audit.same_object")}</Button>
        <Button onClick={() => look({ action: entry.action })}>{t("audit.same_action")}</Button>
        <Button variant="contained" onClick={close}>
          {t("work.close")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
