import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Waiting } from "../workspace/Gate";
import { ImportedFile } from "./ImportedFile";
import { readScenario } from "./readFile";

/** Files to import: each is checked first, and taken in when somebody says so (CB-9). */
export function ImportDialog({ files, close }: { files: File[]; close: () => void }) {
  const { t } = useTranslation();
  const read = useQuery({
    queryKey: ["files", ...files.map(({ name, size, lastModified }) => [name, size, lastModified])],
    queryFn: () => Promise.all(files.map(readScenario)),
    gcTime: 0,
  });
  return (
    <Dialog open onClose={close} aria-labelledby="import-title" maxWidth="md">
      <DialogTitle id="import-title">{t("chatbots.import_title", { count: files.length })}</DialogTitle>
      <DialogContent>{read.data ? read.data.map((one, index) => <ImportedFile key={index} read={one} />) : <Waiting />}</DialogContent>
      <DialogActions>
        <Button onClick={close}>{t("work.close")}</Button>
      </DialogActions>
    </Dialog>
  );
}
