import Dialog from "@mui/material/Dialog";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Button from "@mui/material/Button";
import DialogActions from "@mui/material/DialogActions";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { ConfirmDialog } from "../workspace/ConfirmDialog";
import { Waiting } from "../workspace/Gate";
import { NotLoaded } from "../workspace/NotLoaded";
import { MediaActions } from "./MediaActions";
import { MediaFacts } from "./MediaFacts";
import { type Media, remove, useMediaFile } from "./media";
import { Preview } from "./Preview";
import { RenameDialog } from "./RenameDialog";

interface MediaDialogProps {
  mediaKey: string;
  close: () => void;
}

/** One file: what it looks like, what is known of it, and what can be done with it. */
export function MediaDialog({ mediaKey, close }: MediaDialogProps) {
  const { t } = useTranslation();
  const found = useMediaFile(mediaKey);
  const isMissing = found.error instanceof ApiError && found.error.status === 404;
  const title = found.data?.name ?? (isMissing ? t("media.missing") : mediaKey);
  return (
    <Dialog open onClose={close} maxWidth="md" aria-labelledby="media-title">
      <DialogTitle id="media-title" sx={{ overflowWrap: "anywhere" }}>
        {title}
      </DialogTitle>
      {found.data ? <File file={found.data} close={close} /> : <NoFile error={found.error} isMissing={isMissing} again={() => void found.refetch()} close={close} />}
    </Dialog>
  );
}

function File({ file, close }: { file: Media; close: () => void }) {
  const { t } = useTranslation();
  const [doing, setDoing] = useState<"rename" | "delete" | null>(null);
  const done = () => setDoing(null);
  const deleteIt = async () => {
    await remove(file.key);
    close();
  };
  return (
    <>
      <DialogContent>
        <Preview file={file} />
        <MediaFacts file={file} />
      </DialogContent>
      <MediaActions file={file} rename={() => setDoing("rename")} remove={() => setDoing("delete")} close={close} />
      {doing === "rename" && <RenameDialog file={file} close={done} />}
      {doing === "delete" && (
        <ConfirmDialog title={t("media.delete_title", { name: file.name })} text={t("media.delete_text")} verb={t("media.delete")} run={deleteIt} close={done} />
      )}
    </>
  );
}

interface NoFileProps {
  error: Error | null;
  isMissing: boolean;
  again: () => void;
  close: () => void;
}

function NoFile({ error, isMissing, again, close }: NoFileProps) {
  const { t } = useTranslation();
  return (
    <>
      <DialogContent>
        {error === null && <Waiting />}
        {error !== null && !isMissing && <NotLoaded error={error} again={again} />}
        {isMissing && t("media.missing_text")}
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{t("work.close")}</Button>
      </DialogActions>
    </>
  );
}
