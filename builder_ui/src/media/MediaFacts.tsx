import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import { useTranslation } from "react-i18next";
import { useTime } from "../workspace/times";
import type { Media } from "./media";
import { useSize } from "./size";

/** What is known of a file. */
export function MediaFacts({ file }: { file: Media }) {
  const { t } = useTranslation();
  const time = useTime();
  const size = useSize();
  const facts: [string, string][] = [
    [t("media.kind"), `${t(`media.kind_${file.kind as "other"}`)} (${file.media_type})`],
    [t("media.size"), size(file.bytes)],
    ...(file.width && file.height ? ([[t("media.pixels"), `${file.width} × ${file.height}`]] as [string, string][]) : []),
    [t("media.uploaded"), time(file.created_at)],
    ...(file.created_by ? ([[t("media.by"), file.created_by]] as [string, string][]) : []),
    [t("media.key"), file.key],
  ];
  return (
    <>
      {file.problem && (
        <Alert severity="warning" sx={{ mt: 2 }}>
          {file.problem}
        </Alert>
      )}
      <Box component="dl" sx={{ display: "grid", gridTemplateColumns: "auto 1fr", columnGap: 3, rowGap: 0.5, my: 2 }}>
        {facts.map(([name, value]) => (
          <Box key={name} sx={{ display: "contents" }}>
            <Box component="dt" sx={{ color: "text.secondary" }}>
              {name}
            </Box>
            <Box component="dd" sx={{ m: 0, overflowWrap: "anywhere" }}>
              {value}
            </Box>
          </Box>
        ))}
      </Box>
      {file.url !== null && <Box sx={{ color: "text.secondary", fontSize: "0.875rem" }}>{t("media.link_help")}</Box>}
    </>
  );
}
