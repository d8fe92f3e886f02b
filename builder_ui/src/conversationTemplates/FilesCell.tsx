import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { useMediaFile } from "../media/media";
import { useMay } from "../workspace/session";
import { Thumbnail } from "./Thumbnail";

/** How many files there are, and the first of them as it looks. */
export function FilesCell({ files }: { files: readonly string[] }) {
  const { t } = useTranslation();
  const maySee = useMay("media.view");
  const [first] = files;
  if (first === undefined) return null;
  return (
    <Stack direction="row" sx={{ gap: 1, alignItems: "center", height: 1 }}>
      {maySee && <First file={first} />}
      {t("conversation_templates.files_of", { count: files.length })}
    </Stack>
  );
}

function First({ file }: { file: string }) {
  return <Thumbnail file={useMediaFile(file).data} side={32} />;
}
