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
import { COMMAND_NAMES, keysOf } from "./commands";

/** What the keys do in the builder (ED-5). */
export function ShortcutHelp({ close }: { close: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog open onClose={close} aria-labelledby="keys-title">
      <DialogTitle id="keys-title">{t("shortcuts.title")}</DialogTitle>
      <DialogContent>
        <Table size="small">
          <TableBody>
            {COMMAND_NAMES.filter(keysOf).map((name) => (
              <TableRow key={name}>
                <TableCell component="th" scope="row">
                  {t(`shortcuts.${name}`)}
                </TableCell>
                <TableCell>
                  <kbd>{keysOf(name)}</kbd>
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
