import AudioFile from "@mui/icons-material/AudioFile";
import Description from "@mui/icons-material/Description";
import ImageIcon from "@mui/icons-material/Image";
import InsertDriveFile from "@mui/icons-material/InsertDriveFile";
import Movie from "@mui/icons-material/Movie";
import { isKind } from "./files";

const ICONS = { image: ImageIcon, video: Movie, audio: AudioFile, document: Description };

/** Stands for a file that cannot show itself. */
export function KindIcon({ kind, size = 24 }: { kind: string; size?: number }) {
  const Icon = isKind(kind) ? ICONS[kind] : InsertDriveFile;
  return <Icon sx={{ fontSize: size, color: "text.secondary" }} />;
}
