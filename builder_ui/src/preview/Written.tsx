import { createContext, Fragment, useContext } from "react";
import { Formatted } from "./Formatted";
import styles from "./Written.module.css";

/** Whether the channel marks words, as WhatsApp does. */
export const Marks = createContext(false);

const BRACES = /\{\{([^{}]*)\}\}/;

/** A text as the phone shows it; what is filled in later stands by its name. */
export function Written({ text }: { text: string }) {
  const isMarked = useContext(Marks);
  return text.split(BRACES).map((part, index) => {
    if (index % 2) return <span key={index} className={styles.variable}>{part.trim()}</span>;
    return isMarked ? <Formatted key={index} text={part} /> : <Fragment key={index}>{part}</Fragment>;
  });
}
