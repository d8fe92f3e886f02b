import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableRow from "@mui/material/TableRow";
import { useTranslation } from "react-i18next";

const KEYS = {
  open: "Enter",
  move: "← ↑ → ↓",
  remove: "Delete",
  undo: "Ctrl+Z",
  redo: "Ctrl+Shift+Z",
  copy: "Ctrl+C",
  paste: "Ctrl+V",
  duplicate: "Ctrl+D",
  all: "Ctrl+A",
  find: "Ctrl+F",
  follow: "Alt+→",
  back: "Alt+←",
  help: "?",
} as const;

/** What the keys do on the canvas (ED-5). */
export function ShortcutHelp({ close }: { close: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog open onClose={close} aria-labelledby="keys-title">
      <DialogTitle id="keys-title">{t("shortcuts.title")}</DialogTitle>
      <DialogContent>
        <Table size="small">
          <TableBody>
            {Object.entries(KEYS).map(([name, keys]) => (
              <TableRow key={name}>
                <TableCell component="th" scope="row">
                  {t(`shortcuts.${name as keyof typeof KEYS}`)}
                </TableCell>
                <TableCell>
                  <kbd>{keys}</kbd>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{t("work.close")}</Button>
      </DialogActions>
    </Dialog>
  );
}
