import { useState } from "react";
import { useTranslation } from "react-i18next";
import { mediaAddress, mediaKind, mediaName } from "../chat/content/addresses";
import type { Media } from "../chat/content/model";
import { contentAddress, useMediaFile } from "../media/media";
import { Icon, type IconName } from "../shell/Icon";
import styles from "./PhoneMedia.module.css";
import type { MediaKind } from "./shown";

const ICONS: Record<MediaKind, IconName> = { image: "picture", video: "forward", document: "file", location: "place" };

/** The file of a message, or what stands for it: one of the library, one on the web, or one that is not chosen yet. */
export function PhoneMedia({ kind, media }: { kind: MediaKind; media?: Media }) {
  if (media?.asset) return <LibraryFile assetKey={media.asset} />;
  const shown = media?.url ? ({ picture: "image", video: "video", document: "document" } as const)[mediaKind(media)] : kind;
  const address = mediaAddress(media);
  return <Shown kind={shown} name={mediaName(media)} {...(address && { address })} />;
}

function LibraryFile({ assetKey }: { assetKey: string }) {
  const { data: file } = useMediaFile(assetKey);
  const kind = file?.kind === "image" || file?.kind === "video" ? file.kind : "document";
  return <Shown kind={kind} name={file?.name ?? assetKey} {...(file?.state === "ready" && { address: contentAddress(assetKey) })} />;
}

function Shown({ kind, name, address }: { kind: MediaKind; name: string; address?: string }) {
  const { t } = useTranslation();
  const [broken, setBroken] = useState("");
  if (kind === "image" && address && broken !== address)
    return <img className={styles.media} src={address} alt={t("preview.media_image")} referrerPolicy="no-referrer" onError={() => setBroken(address)} />;
  return (
    <div className={styles.media} data-kind={kind} role="img" aria-label={t(`preview.media_${kind}`)}>
      <Icon name={ICONS[kind]} size={32} />
      {name && <span className={styles.name}>{name}</span>}
    </div>
  );
}
