import Delete from "@mui/icons-material/Delete";
import Download from "@mui/icons-material/Download";
import Edit from "@mui/icons-material/DriveFileRenameOutline";
import Button from "@mui/material/Button";
import DialogActions from "@mui/material/DialogActions";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../workspace/CopyButton";
import { useMay } from "../workspace/session";
import { contentAddress, linkOf, type Media } from "./media";

interface MediaActionsProps {
  file: Media;
  rename: () => void;
  remove: () => void;
  close: () => void;
}

/** What can be done with a file, by whoever may. */
export function MediaActions({ file, rename, remove, close }: MediaActionsProps) {
  const { t } = useTranslation();
  const mayEdit = useMay("media.edit");
  return (
    <DialogActions disableSpacing sx={{ flexWrap: "wrap", justifyContent: "flex-start", gap: 1, px: 2, pb: 2 }}>
      {mayEdit && (
        <Button color="error" startIcon={<Delete />} onClick={remove}>
          {t("media.delete")}
        </Button>
      )}
      {mayEdit && (
        <Button startIcon={<Edit />} onClick={rename}>
          {t("media.rename")}
        </Button>
      )}
      {file.url !== null && <CopyButton text={linkOf(file.url)} label={t("media.copy_link")} />}
      {file.state === "ready" && (
        <Button component="a" href={contentAddress(file.key)} download={file.name} startIcon={<Download />}>
          {t("media.download")}
        </Button>
      )}
      <Button variant="contained" onClick={close} autoFocus sx={{ ml: "auto" }}>
        {t("work.close")}
      </Button>
    </DialogActions>
  );
}
