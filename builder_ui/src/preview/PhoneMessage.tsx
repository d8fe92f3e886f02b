import { useTranslation } from "react-i18next";
import { Icon } from "../shell/Icon";
import { PhoneList } from "./PhoneList";
import { PhoneMedia } from "./PhoneMedia";
import styles from "./PhoneMessage.module.css";
import type { ShownButton, ShownHeader, ShownMessage } from "./shown";
import { Written } from "./Written";

/** One message in the look of the phone's channel: bubble, cards, and what can be chosen below. */
export function PhoneMessage({ message }: { message: ShownMessage }) {
  const { t } = useTranslation();
  const { cards = [], chips = [], list } = message;
  const isAlone = cards.length > 0 && message.body === undefined;
  return (
    <>
      {!isAlone && <Bubble message={message} />}
      {cards.length > 0 && (
        <ul className={styles.cards} data-width={message.width} tabIndex={0} aria-label={t("preview.cards")}>
          {cards.map((card, index) => (
            <li key={index} aria-label={t("content.card_of", { number: index + 1, count: cards.length })}>
              <Bubble message={card} />
            </li>
          ))}
        </ul>
      )}
      {list && <PhoneList list={list} />}
      {chips.length > 0 && <Tappable buttons={chips} className={styles.chips!} label={t("preview.chips")} />}
    </>
  );
}

function Bubble({ message: { header, offer, title, body, footer, buttons, look } }: { message: ShownMessage }) {
  const { t } = useTranslation();
  return (
    <article className={styles.bubble} data-layout={look?.layout} data-side={look?.side} data-size={look?.size}>
      {header && <Header header={header} />}
      <div className={styles.inside}>
        {offer && (
          <p className={styles.offer}>
            <strong>{offer.text || t("preview.offer")}</strong>
            {offer.ends && <span>{t("preview.offer_ends")}</span>}
          </p>
        )}
        {title && (
          <p className={styles.title}>
            <Written text={title} />
          </p>
        )}
        {body !== undefined && <div className={styles.words}>{body ? <Written text={body} /> : <span className={styles.missing}>{t("preview.no_text")}</span>}</div>}
        {footer && (
          <p className={styles.footer}>
            <Written text={footer} />
          </p>
        )}
        {buttons.length > 0 && <Tappable buttons={buttons} className={styles.buttons!} label={t("preview.buttons")} />}
      </div>
    </article>
  );
}

function Tappable({ buttons, className, label }: { buttons: readonly ShownButton[]; className: string; label: string }) {
  const { t } = useTranslation();
  return (
    <ul className={className} aria-label={label}>
      {buttons.map(({ icon, text }, index) => (
        <li key={index} className={styles.button}>
          {icon && <Icon name={icon} size={16} />} <span>{text ? <Written text={text} /> : t("preview.no_button_text")}</span>
        </li>
      ))}
    </ul>
  );
}

function Header({ header }: { header: ShownHeader }) {
  if ("kind" in header) return <PhoneMedia {...header} />;
  if (!header.text) return null;
  return (
    <p className={styles.title}>
      <Written text={header.text} />
    </p>
  );
}
