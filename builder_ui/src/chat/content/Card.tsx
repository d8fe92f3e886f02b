import { MediaView } from "./MediaView";
import styles from "./card.module.css";
import type { CardContent } from "./model";
import { Buttons, Suggestions } from "./Suggestions";
import { Words } from "./TextMessage";

/** A card of any channel, with suggestions under it. */
export function CardMessage({ content }: { content: CardContent }) {
  return (
    <>
      <Card card={content} />
      <Suggestions suggestions={content.suggestions} />
    </>
  );
}

/** Picture, title, text and buttons in one frame; parts that are not there take no room. */
export function Card({ card }: { card: CardContent }) {
  const buttons = card.buttons ?? (card.button ? [card.button] : []);
  const heading = card.title ?? card.header;
  return (
    <article className={styles.card} data-layout={card.layout} data-side={card.image_side}>
      {card.media && (
        <div className={styles.picture}>
          <MediaView media={card.media} about={heading} size={card.image_size} />
        </div>
      )}
      <div className={styles.body}>
        {heading && <h2 className={styles.title}>{heading}</h2>}
        {card.text && <Words text={card.text} />}
        {card.footer && <p className={styles.footer}>{card.footer}</p>}
        <Buttons buttons={buttons} />
      </div>
    </article>
  );
}
