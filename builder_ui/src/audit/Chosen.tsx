import Chip from "@mui/material/Chip";

/** A filter that was chosen by looking at an entry; it is taken away by its cross, or by Delete. */
export function Chosen({ text, clear }: { text: string; clear: () => void }) {
  return <Chip label={text} onDelete={clear} sx={{ maxWidth: "16rem" }} />;
}
