import type { NodeProps } from "@xyflow/react";
import type { CardNode } from "./elements";
import type { Mark } from "./marks";
import styles from "./marks.module.css";
import { NodeCard } from "./NodeCard";

interface MarkedCardProps {
  card: NodeProps<CardNode>;
  mark: Mark;
  /** A word or two below the card. */
  tag?: string | false;
}

/** A step that is told apart from others. */
export function MarkedCard({ card, mark, tag }: MarkedCardProps) {
  return (
    <div className={styles.card} data-mark={mark}>
      <NodeCard {...card} />
      {tag && <span className={styles.tag}>{tag}</span>}
    </div>
  );
}
