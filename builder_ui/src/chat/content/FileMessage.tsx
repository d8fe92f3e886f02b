import { mediaKind } from "./addresses";
import styles from "./content.module.css";
import { Document, MediaView } from "./MediaView";
import type { FileContent } from "./model";
import { Suggestions } from "./Suggestions";
import { Words } from "./TextMessage";

/** A file: shown where it is a picture or a video, otherwise to be opened; with its caption. */
export function FileMessage({ content }: { content: FileContent }) {
  const shown = mediaKind(content.media) !== "document" && content.media.url;
  return (
    <>
      <div className={styles.framed}>
        {shown ? <MediaView media={content.media} about={content.caption} /> : <Document media={content.media} />}
        {content.caption && <Words text={content.caption} />}
      </div>
      <Suggestions suggestions={content.suggestions} />
    </>
  );
}
