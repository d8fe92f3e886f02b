import UploadFile from "@mui/icons-material/UploadFile";
import { useTranslation } from "react-i18next";
import { navigate } from "../router";
import { FileDrop, FilePicker, useCanDrop } from "../workspace/FileDrop";
import { Listing } from "../workspace/Listing";
import { pathTo, type SectionProps } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { WorkPage } from "../workspace/WorkPage";
import { endingsOf, KINDS } from "./files";
import { Library } from "./Library";
import { libraryUploads } from "./libraryUploads";
import { MediaDialog } from "./MediaDialog";
import { useLibrary } from "./media";
import { UploadList } from "./UploadList";

/** The media library, or one file of it in front (AS-1). */
export default function MediaPage({ rest: [key] }: SectionProps) {
  const { t } = useTranslation();
  const mayEdit = useMay("media.edit");
  const canDrop = useCanDrop();
  const library = useLibrary();
  const take = (files: File[]) => libraryUploads.add(files);
  const upload = mayEdit && (
    <FilePicker take={take} accept={endingsOf(KINDS)} variant="contained" icon={<UploadFile />}>
      {t("media.upload")}
    </FilePicker>
  );
  const page = (
    <WorkPage title={t("sections.media")} lead={t(mayEdit && canDrop ? "media.lead_drop" : "media.lead")} actions={upload}>
      <UploadList uploads={libraryUploads} />
      <Listing found={library} empty={{ title: t("media.empty"), text: mayEdit ? t("media.empty_text") : t("media.empty_seen"), next: upload }}>
        {(files) => <Library files={files} />}
      </Listing>
      {key !== undefined && <MediaDialog key={key} mediaKey={key} close={() => navigate(pathTo("media"))} />}
    </WorkPage>
  );
  return mayEdit ? (
    <FileDrop take={take} text={t("media.drop")}>
      {page}
    </FileDrop>
  ) : (
    page
  );
}
