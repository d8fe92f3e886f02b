import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import styles from "./content.module.css";
import { readableText, type TextContent } from "./model";
import { Buttons, Suggestions } from "./Suggestions";

/** A text, with a button in it or suggestions under it. */
export function TextMessage({ content }: { content: TextContent }) {
  return (
    <>
      <div className={styles.bubble}>
        <Words text={content.text} />
        {content.button && <Buttons buttons={[content.button]} />}
      </div>
      <Suggestions suggestions={content.suggestions} />
    </>
  );
}

/** Content of a type that this page does not know. */
export function Fallback({ content }: { content: Record<string, unknown> }) {
  const { t } = useTranslation();
  return (
    <div className={styles.bubble}>
      <Words text={readableText(content) || t("chat.unreadable")} />
    </div>
  );
}

const LINK = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]}'])/;

/** Text as it was written, with its web addresses as links. */
export function Words({ text }: { text: string }) {
  return (
    <p className={styles.words}>
      {text.split(LINK).map((part, index) =>
        index % 2 ? (
          <a key={index} href={part} target="_blank" rel="noopener noreferrer">
            {part}
          </a>
        ) : (
          <Fragment key={index}>{part}</Fragment>
        ),
      )}
    </p>
  );
}
