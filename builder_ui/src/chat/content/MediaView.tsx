import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../shell/Icon";
import { mediaAddress, mediaKind, mediaName } from "./addresses";
import styles from "./media.module.css";
import type { Media } from "./model";

interface MediaProps {
  media: Media;
  /** What the picture shows, where a title tells. */
  about?: string | undefined;
  size?: "short" | "medium" | "tall" | undefined;
}

/** A picture, a video, or a link to a document; a quiet stand-in where a picture cannot be loaded. */
export function MediaView({ media, about, size = "medium" }: MediaProps) {
  const { t } = useTranslation();
  const [broken, setBroken] = useState(false);
  const address = mediaAddress(media);
  const kind = mediaKind(media);
  if (kind === "document") return <Document media={media} />;
  if (!address || broken) return <Missing media={media} size={size} />;
  if (kind === "video")
    return <video className={styles.media} data-size={size} src={address} controls onError={() => setBroken(true)} />;
  return (
    <img
      className={styles.media}
      data-size={size}
      src={address}
      alt={about ?? t("content.picture")}
      loading="lazy"
      referrerPolicy="no-referrer"
      onError={() => setBroken(true)}
    />
  );
}

function Missing({ media, size }: { media: Media; size: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles.missing} data-size={size} role="img" aria-label={t("content.picture_missing")}>
      <Icon name="picture" size={28} />
      <span>{mediaName(media)}</span>
    </div>
  );
}

/** A file to open; an asset that has no address yet is only named. */
export function Document({ media }: { media: Media }) {
  const { t } = useTranslation();
  const address = mediaAddress(media);
  const name = mediaName(media) || t("content.file");
  const inside = (
    <>
      <Icon name="file" size={24} />
      <span>{name}</span>
    </>
  );
  if (!address) return <div className={styles.file}>{inside}</div>;
  return (
    <a
      className={styles.file}
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={t("content.open_file", { name })}
    >
      {inside}
    </a>
  );
}
