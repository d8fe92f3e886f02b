import PermMedia from "@mui/icons-material/PermMedia";
import Button from "@mui/material/Button";
import FormHelperText from "@mui/material/FormHelperText";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Part } from "../checkedForm/Part";
import { MovableItem } from "../items/MovableItem";
import { Counter } from "../limits/Counter";
import { useMediaFile } from "../media/media";
import { useMay } from "../workspace/session";
import { Thumbnail } from "./Thumbnail";

const MediaPicker = lazy(() => import("../media/MediaPicker").then((module) => ({ default: module.MediaPicker })));

interface FilesPartProps {
  files: readonly string[];
  most: number;
  change: (files: string[]) => void;
  isLocked: boolean;
  problemAt: (pointer: string) => string | undefined;
}

/** The files of a template in the order they are sent in: taken from the media library, moved, and removed. */
export function FilesPart({ files, most, change, isLocked, problemAt }: FilesPartProps) {
  const { t } = useTranslation();
  const mayChoose = useMay("media.view");
  const [isChoosing, setChoosing] = useState(false);
  const problem = problemAt("/files");
  const close = () => setChoosing(false);
  return (
    <Part title={t("conversation_templates.files")} help={t("conversation_templates.files_help")} aside={<Counter count={files.length} most={most} />}>
      {files.length > 0 && (
        <Stack component="ol" sx={{ gap: 1.5, listStyle: "none", p: 0, m: 0 }}>
          {files.map((file, index) => (
            <FileItem key={file} files={files} index={index} change={change} isLocked={isLocked} problem={problemAt(`/files/${index}`)} />
          ))}
        </Stack>
      )}
      {problem && <FormHelperText error>{problem}</FormHelperText>}
      {mayChoose && !isLocked && (
        <Button id="/files" startIcon={<PermMedia />} disabled={files.length >= most} onClick={() => setChoosing(true)} sx={{ alignSelf: "flex-start" }}>
          {t("conversation_templates.add_file")}
        </Button>
      )}
      {isChoosing && (
        <Suspense>
          <MediaPicker
            choose={({ key }) => {
              // one that is there already is not sent twice
              if (!files.includes(key)) change([...files, key]);
              close();
            }}
            close={close}
          />
        </Suspense>
      )}
    </Part>
  );
}

interface FileItemProps {
  files: readonly string[];
  index: number;
  change: (files: string[]) => void;
  isLocked: boolean;
  problem: string | undefined;
}

function FileItem({ files, index, change, isLocked, problem }: FileItemProps) {
  const key = files[index]!;
  const { data: file } = useMediaFile(key);
  const name = file?.name ?? key;
  const heading = (
    <Stack direction="row" sx={{ gap: 1.5, alignItems: "center" }}>
      <Thumbnail file={file} side={40} />
      <Typography sx={{ minWidth: 0, overflowWrap: "anywhere", typography: "body2" }}>{name}</Typography>
    </Stack>
  );
  return (
    <MovableItem name={name} items={files} index={index} change={change} isLocked={isLocked} heading={heading}>
      {problem && <FormHelperText error>{problem}</FormHelperText>}
    </MovableItem>
  );
}
