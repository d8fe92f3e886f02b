import { useTranslation } from "react-i18next";
import { MediaView } from "../chat/content/MediaView";
import type { Media } from "../chat/content/model";
import { Icon, type IconName } from "../shell/Icon";
import { Formatted } from "./Formatted";
import styles from "./WhatsAppMessage.module.css";

/** A message as WhatsApp shows it, whatever it was made of. */
export interface ShownMessage {
  header?: ShownHeader;
  offer?: { text: string; ends: boolean };
  body: string;
  footer?: string;
  buttons: ShownButton[];
  cards?: ShownMessage[];
}

export type MediaKind = "image" | "video" | "document" | "location";
export type ShownHeader = { text: string } | { kind: MediaKind; media?: Media };
export interface ShownButton {
  icon: IconName;
  text: string;
}

const ICONS: Record<MediaKind, IconName> = { image: "picture", video: "forward", document: "file", location: "place" };

export function WhatsAppMessage({ message }: { message: ShownMessage }) {
  const { t } = useTranslation();
  const { cards = [] } = message;
  return (
    <>
      <Bubble message={message} />
      {cards.length > 0 && (
        <ul className={styles.cards} tabIndex={0} aria-label={t("preview.cards")}>
          {cards.map((card, index) => (
            <li key={index} aria-label={t("content.card_of", { number: index + 1, count: cards.length })}>
              <Bubble message={card} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Bubble({ message: { header, offer, body, footer, buttons } }: { message: ShownMessage }) {
  const { t } = useTranslation();
  return (
    <article className={styles.bubble}>
      {header && <Header header={header} />}
      {offer && (
        <p className={styles.offer}>
          <strong>{offer.text || t("preview.offer")}</strong>
          {offer.ends && <span>{t("preview.offer_ends")}</span>}
        </p>
      )}
      <div className={styles.words}>{body ? <Formatted text={body} /> : <span className={styles.missing}>{t("preview.no_text")}</span>}</div>
      {footer && <p className={styles.footer}>{footer}</p>}
      {buttons.length > 0 && (
        <ul className={styles.buttons} aria-label={t("preview.buttons")}>
          {buttons.map(({ icon, text }, index) => (
            <li key={index} className={styles.button}>
              <Icon name={icon} size={16} /> {text || t("preview.no_button_text")}
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

function Header({ header }: { header: ShownHeader }) {
  const { t } = useTranslation();
  if ("text" in header) return header.text ? <p className={styles.title}>{header.text}</p> : null;
  if (header.media) return <MediaView media={header.media} />;
  return (
    <div className={styles.media} data-kind={header.kind} role="img" aria-label={t(`preview.media_${header.kind}`)}>
      <Icon name={ICONS[header.kind]} size={36} />
    </div>
  );
}
