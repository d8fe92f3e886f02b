import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import CardActionArea from "@mui/material/CardActionArea";
import CardContent from "@mui/material/CardContent";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LinkTo } from "../workspace/LinkTo";
import { hasThumbnail } from "./files";
import { KindIcon } from "./KindIcon";
import { contentAddress, type Media } from "./media";
import { useSize } from "./size";

/** What a card does: lead somewhere, or something at once. */
type Opening = { href: string } | { onClick: () => void };

interface MediaCardsProps {
  files: Media[];
  open: (file: Media) => Opening;
}

/** Files as pictures beside each other. */
export function MediaCards({ files, open }: MediaCardsProps) {
  const { t } = useTranslation();
  return (
    <Box
      component="ul"
      aria-label={t("media.files")}
      sx={{ display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(9.5rem, 1fr))", gap: 2, p: 0, m: 0, listStyle: "none" }}
    >
      {files.map((file) => (
        <Card key={file.key} component="li" variant="outlined">
          <MediaCard file={file} opening={open(file)} />
        </Card>
      ))}
    </Box>
  );
}

function MediaCard({ file, opening }: { file: Media; opening: Opening }) {
  const { t } = useTranslation();
  const size = useSize();
  const target = "href" in opening ? { component: LinkTo, ...opening } : opening;
  return (
    <CardActionArea {...target} sx={{ height: "100%" }}>
      <Thumbnail file={file} />
      <CardContent sx={{ p: 1.5 }}>
        <Typography noWrap title={file.name} sx={{ fontWeight: 600 }}>
          {file.name}
        </Typography>
        <Typography noWrap variant="body2" sx={{ color: "text.secondary" }}>
          {t(`media.kind_${file.kind as "other"}`)} · {size(file.bytes)}
        </Typography>
      </CardContent>
    </CardActionArea>
  );
}

function Thumbnail({ file }: { file: Media }) {
  const [isBroken, setBroken] = useState(false);
  const isShown = hasThumbnail(file) && !isBroken;
  return (
    <Box sx={{ height: "8rem", display: "grid", placeItems: "center", bgcolor: "background.default", borderBottom: 1, borderColor: "divider" }}>
      {isShown ? (
        <Box
          component="img"
          src={contentAddress(file.key)}
          alt=""
          loading="lazy"
          onError={() => setBroken(true)}
          sx={{ width: "100%", height: "8rem", objectFit: "cover", display: "block" }}
        />
      ) : (
        <KindIcon kind={file.kind} size={48} />
      )}
    </Box>
  );
}
