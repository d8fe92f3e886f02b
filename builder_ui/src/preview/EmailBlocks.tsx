import { type ComponentType, Fragment } from "react";
import { useTranslation } from "react-i18next";
import { choiceOf } from "../messages/fields/labels";
import { type Content, contentOf, isContent, listOf, textOf } from "../messages/values";
import styles from "./Email.module.css";
import { PhoneMedia } from "./PhoneMedia";
import { Written } from "./Written";

type Block = ComponentType<{ block: Content }>;

/** How each type of block is shown: a new type is a component and a line here. */
const BLOCKS = new Map<string, Block>([
  ["text", Text],
  ["image", Image],
  ["button", Button],
  ["social", Social],
  ["divider", () => <hr className={styles.divider} />],
  ["spacer", ({ block }) => <div style={{ height: Number(block.height ?? 16) || 0 }} />],
  ["wrapper", ({ block }) => <div className={styles.wrapper}><EmailBlocks blocks={block.blocks} /></div>],
  ["columns", Columns],
]);

export function EmailBlocks({ blocks }: { blocks: unknown }) {
  return listOf(blocks).map((value, index) => {
    const block = contentOf(value);
    const Shown = BLOCKS.get(textOf(block.type));
    return Shown && <Shown key={index} block={block} />;
  });
}

const aligned = (block: Content, otherwise: string) => ({ textAlign: (textOf(block.align) || otherwise) as "left" });

function Text({ block }: { block: Content }) {
  const paragraphs = textOf(block.text).split(/\n\s*\n/);
  return (
    <div style={aligned(block, "left")}>
      {paragraphs.map((words, index) => (
        <p key={index} className={styles.paragraph}>
          <Written text={words} />
        </p>
      ))}
    </div>
  );
}

function Image({ block: { media } }: { block: Content }) {
  const { asset, url } = contentOf(media);
  const file = { ...(typeof asset === "string" && { asset }), ...(typeof url === "string" && { url }) };
  return <PhoneMedia kind="image" media={file} />;
}

function Button({ block }: { block: Content }) {
  const { t } = useTranslation();
  return (
    <div style={aligned(block, "center")}>
      <span className={styles.button}>{textOf(block.text) ? <Written text={textOf(block.text)} /> : t("preview.no_button_text")}</span>
    </div>
  );
}

function Social({ block }: { block: Content }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.social}>
      {listOf(block.links).map((link, index) => (
        <li key={index}>{choiceOf(t, "network", textOf(contentOf(link).network))}</li>
      ))}
    </ul>
  );
}

function Columns({ block }: { block: Content }) {
  return (
    <div className={styles.columns}>
      {listOf(block.columns).map((column, index) => (
        <Fragment key={index}>{isContent(column) && <div><EmailBlocks blocks={column.blocks} /></div>}</Fragment>
      ))}
    </div>
  );
}
