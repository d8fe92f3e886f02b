import UploadFile from "@mui/icons-material/UploadFile";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Stack from "@mui/material/Stack";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { FileDrop, FilePicker } from "../workspace/FileDrop";
import { Listing } from "../workspace/Listing";
import { useMay } from "../workspace/session";
import { endingsOf, isKind, KINDS, type Kind, matching, type Wanted } from "./files";
import { MediaCards } from "./MediaCards";
import { MediaFilters } from "./MediaFilters";
import { type Media, refresh, useLibrary } from "./media";
import { NothingFits } from "./NothingFits";
import { sendToLibrary } from "./send";
import { UploadList } from "./UploadList";
import { Uploads } from "./uploads";

interface MediaPickerProps {
  /** The kinds that can be used there; a file of another kind is not offered. */
  kinds?: readonly Kind[];
  choose: (file: Media) => void;
  close: () => void;
}

/** A file for a message: one of the library, or one that is uploaded now and chosen when it is there. */
export function MediaPicker({ kinds = KINDS, choose, close }: MediaPickerProps) {
  const { t } = useTranslation();
  const title = useId();
  const mayEdit = useMay("media.edit");
  const library = useLibrary();
  const uploads = useUploads((file) => isKind(file.kind) && kinds.includes(file.kind) && choose(file));
  const take = (files: File[]) => uploads.add(files);
  const upload = mayEdit && (
    <FilePicker take={take} accept={endingsOf(kinds)} icon={<UploadFile />}>
      {t("media.upload")}
    </FilePicker>
  );
  const content = (
    <DialogContent>
      <UploadList uploads={uploads} />
      <Listing found={library} empty={{ title: t("media.empty"), text: mayEdit ? t("media.empty_text") : t("media.empty_seen") }}>
        {(files) => <Choice files={files} kinds={kinds} choose={choose} />}
      </Listing>
    </DialogContent>
  );
  return (
    <Dialog open onClose={close} maxWidth="md" aria-labelledby={title}>
      <DialogTitle id={title}>{t("media.choose")}</DialogTitle>
      {mayEdit ? (
        <FileDrop take={take} text={t("media.drop")}>
          {content}
        </FileDrop>
      ) : (
        content
      )}
      <DialogActions>
        {upload}
        <Button onClick={close}>{t("work.cancel")}</Button>
      </DialogActions>
    </Dialog>
  );
}

function Choice({ files, kinds, choose }: { files: Media[]; kinds: readonly Kind[]; choose: (file: Media) => void }) {
  const all: Wanted = { search: "", kinds: [] };
  const [wanted, want] = useState(all);
  const found = matching(files, { ...wanted, kinds: wanted.kinds.length ? wanted.kinds : kinds });
  return (
    <Stack sx={{ gap: 2, pt: 1 }}>
      <MediaFilters kinds={kinds} wanted={wanted} want={want} />
      {found.length === 0 ? <NothingFits clear={() => want(all)} /> : <MediaCards files={found} open={(file) => ({ onClick: () => choose(file) })} />}
    </Stack>
  );
}

/** Uploads of this dialog; what is still on its way when it closes is not wanted any more. */
function useUploads(arrived: (file: Media) => void): Uploads {
  const [uploads] = useState(
    () =>
      new Uploads(sendToLibrary, (file) => {
        void refresh();
        arrived(file);
      }),
  );
  useEffect(() => () => uploads.cancelAll(), [uploads]);
  return uploads;
}
