import Box from "@mui/material/Box";
import { hasThumbnail } from "../media/files";
import { KindIcon } from "../media/KindIcon";
import { contentAddress, type Media } from "../media/media";

/** A file as a small picture, or the sign of its kind; undefined: it is not known, or not yet. */
export function Thumbnail({ file, side }: { file: Media | undefined; side: number }) {
  if (!file || !hasThumbnail(file)) return <KindIcon kind={file?.kind ?? "other"} size={side} />;
  return <Box component="img" alt="" src={contentAddress(file.key)} loading="lazy" sx={{ width: side, height: side, objectFit: "cover", borderRadius: 0.5, flexShrink: 0 }} />;
}
