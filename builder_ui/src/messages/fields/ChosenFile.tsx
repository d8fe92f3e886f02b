import Box from "@mui/material/Box";
import FormHelperText from "@mui/material/FormHelperText";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { useFault } from "../../canvas/faults";
import { hasThumbnail } from "../../media/files";
import { KindIcon } from "../../media/KindIcon";
import { contentAddress, useMediaFile } from "../../media/media";
import { useSize } from "../../media/size";
import type { Field } from "../kinds";
import { formatOf, takes } from "../media";

const SIDE = 56;

/** The file of the library that a message carries, and why its channel would not take it. */
export function ChosenFile({ assetKey, kind }: { assetKey: string; kind: Field<"media"> }) {
  const { t } = useTranslation();
  const size = useSize();
  const fault = useFault("asset");
  const { data: file, isError } = useMediaFile(assetKey);
  const wrong =
    fault?.message ??
    (isError ? t("messages.media.unknown", { key: assetKey }) : undefined) ??
    (file && kind.most > 0 && file.bytes > kind.most ? t("messages.media.too_large", { most: size(kind.most) }) : undefined) ??
    (file && !takes(kind.formats, file.name) ? t("messages.media.wrong_format", { format: formatOf(file.name), formats: kind.formats.join(" ") }) : undefined);
  return (
    <div>
      <Stack direction="row" sx={{ gap: 1.5, alignItems: "center", border: 1, borderColor: "divider", borderRadius: 1, p: 1 }}>
        {file && hasThumbnail(file) ? (
          <Box component="img" alt="" src={contentAddress(assetKey)} sx={{ width: SIDE, height: SIDE, objectFit: "cover", borderRadius: 0.5 }} />
        ) : (
          <KindIcon kind={file?.kind ?? "other"} size={40} />
        )}
        <Typography sx={{ minWidth: 0, overflowWrap: "anywhere", typography: "body2" }}>{file?.name ?? assetKey}</Typography>
      </Stack>
      {wrong && <FormHelperText error>{wrong}</FormHelperText>}
    </div>
  );
}
