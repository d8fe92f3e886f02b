import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../shell/Icon";
import { Card } from "./Card";
import styles from "./carousel.module.css";
import type { CarouselContent } from "./model";
import { Suggestions } from "./Suggestions";

const KEYS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };

/** Scroll to the card so many steps from the one that is in front; at either end it stays there. */
function showCard(strip: HTMLElement, steps: number): void {
  const lefts = Array.from(strip.children, (card) => (card as HTMLElement).offsetLeft);
  const places = lefts.map((left) => left - lefts[0]!);
  const distances = places.map((place) => Math.abs(place - strip.scrollLeft));
  const front = distances.indexOf(Math.min(...distances));
  const next = Math.min(Math.max(front + steps, 0), places.length - 1);
  strip.scrollTo({ left: places[next] ?? 0 });
}

/** Cards side by side: swipe, use the arrow keys, or the two buttons. */
export function Carousel({ content }: { content: CarouselContent }) {
  const { t } = useTranslation();
  const strip = useRef<HTMLUListElement>(null);
  const move = (steps: number) => strip.current && showCard(strip.current, steps);
  const onKey = (event: KeyboardEvent) => {
    const cards = KEYS[event.key];
    if (cards === undefined) return;
    event.preventDefault();
    move(cards);
  };
  return (
    <>
      <section className={styles.carousel} aria-label={t("content.cards")} onKeyDown={onKey}>
        <ul className={styles.strip} data-width={content.card_width} ref={strip} tabIndex={0}>
          {content.cards.map((card, index) => (
            <li key={index} aria-label={t("content.card_of", { number: index + 1, count: content.cards.length })}>
              <Card card={card} />
            </li>
          ))}
        </ul>
        {content.cards.length > 1 && (
          <p className={styles.moves}>
            <button type="button" className={styles.move} aria-label={t("content.previous")} onClick={() => move(-1)}>
              <Icon name="back" size={18} />
            </button>
            <button type="button" className={styles.move} aria-label={t("content.next")} onClick={() => move(1)}>
              <Icon name="forward" size={18} />
            </button>
          </p>
        )}
      </section>
      <Suggestions suggestions={content.suggestions} />
    </>
  );
}
