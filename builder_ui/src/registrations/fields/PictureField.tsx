import PermMedia from "@mui/icons-material/PermMedia";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import FormHelperText from "@mui/material/FormHelperText";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { lazy, Suspense, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { hasThumbnail } from "../../media/files";
import { contentAddress, useMediaFile } from "../../media/media";
import { useSize } from "../../media/size";
import { useMay } from "../../workspace/session";
import { useEditing } from "../editing";
import type { Limits } from "../registrations";

const MediaPicker = lazy(() => import("../../media/MediaPicker").then((module) => ({ default: module.MediaPicker })));

interface PictureFieldProps {
  field: "logo" | "background";
  /** Its key in the media library; empty: none yet. */
  chosen: string;
  limit: Limits["logo"];
}

/** A picture of the profile, from the media library. */
export function PictureField({ field, chosen, limit }: PictureFieldProps) {
  const { t } = useTranslation();
  const size = useSize();
  const heading = useId();
  const mayChoose = useMay("media.view");
  const { set, leave, isLocked, problemAt } = useEditing();
  const [isChoosing, setChoosing] = useState(false);
  const pointer = `/details/${field}`;
  const problem = problemAt(pointer);
  const help = mayChoose ? t("registrations.picture_help", { width: limit.width, height: limit.height, most: size(limit.most_bytes) }) : t("registrations.picture_not_seen");
  const take = (key: string) => {
    set({ [field]: key });
    leave(pointer); // what is wrong with a picture is wrong at once
  };
  const close = () => setChoosing(false);
  return (
    <Stack role="group" aria-labelledby={heading} sx={{ gap: 0.5 }}>
      <Typography id={heading} variant="h3">
        {t(`registrations.${field}`)}
      </Typography>
      {chosen && <Chosen key={chosen} file={chosen} />}
      <Stack direction="row" sx={{ gap: 1, flexWrap: "wrap" }}>
        {mayChoose && !isLocked && (
          <Button id={pointer} size="small" startIcon={<PermMedia />} onClick={() => setChoosing(true)}>
            {chosen ? t("registrations.other_picture") : t("registrations.choose_picture")}
          </Button>
        )}
        {chosen && !isLocked && (
          <Button size="small" color="inherit" onClick={() => take("")}>
            {t("registrations.remove")}
          </Button>
        )}
      </Stack>
      <FormHelperText error={problem !== undefined}>{problem ?? help}</FormHelperText>
      {isChoosing && (
        <Suspense>
          <MediaPicker
            kinds={["image"]}
            choose={({ key }) => {
              take(key);
              close();
            }}
            close={close}
          />
        </Suspense>
      )}
    </Stack>
  );
}

function Chosen({ file: key }: { file: string }) {
  const { t } = useTranslation();
  const size = useSize();
  const { data: file } = useMediaFile(key);
  const pixels = file?.width && file.height ? t("registrations.pixels", { width: file.width, height: file.height }) : "";
  return (
    <Stack direction="row" sx={{ gap: 1.5, alignItems: "center", border: 1, borderColor: "divider", borderRadius: 1, p: 1 }}>
      {file && hasThumbnail(file) && <Box component="img" alt="" src={contentAddress(key)} sx={{ height: 48, maxWidth: 140, objectFit: "contain", borderRadius: 0.5 }} />}
      <Box sx={{ minWidth: 0, typography: "body2", overflowWrap: "anywhere" }}>
        {file?.name ?? key}
        {file && <Box sx={{ color: "text.secondary" }}>{[pixels, size(file.bytes)].filter(Boolean).join(" · ")}</Box>}
      </Box>
    </Stack>
  );
}
