import Box from "@mui/material/Box";
import { useState } from "react";
import { KindIcon } from "./KindIcon";
import { contentAddress, type Media } from "./media";

const FITTED = { maxWidth: "100%", maxHeight: "min(45vh, 26rem)", display: "block", m: "auto" } as const;

/** A file as people will see or hear it, as far as the browser can. */
export function Preview({ file }: { file: Media }) {
  const [isBroken, setBroken] = useState(false);
  return (
    <Box sx={{ bgcolor: "background.default", borderRadius: 1, p: 1, minHeight: "8rem", display: "grid", placeItems: "center" }}>
      {isBroken || file.state !== "ready" ? <KindIcon kind={file.kind} size={72} /> : <Content file={file} fail={() => setBroken(true)} />}
    </Box>
  );
}

function Content({ file, fail }: { file: Media; fail: () => void }) {
  const source = { src: contentAddress(file.key), onError: fail };
  if (file.kind === "image") return <Box component="img" alt={file.name} {...source} sx={FITTED} />;
  if (file.kind === "video") return <Box component="video" controls preload="metadata" aria-label={file.name} {...source} sx={FITTED} />;
  if (file.kind === "audio") return <Box component="audio" controls preload="metadata" aria-label={file.name} {...source} sx={{ width: "100%" }} />;
  return <KindIcon kind={file.kind} size={72} />;
}
