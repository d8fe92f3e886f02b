import { type RefObject, useRef, useState } from "react";
import { wordsAfter, wordsKept } from "./edited";

interface Words {
  /** Those that are chips now: all but the one that is edited. */
  shown: string[];
  isEdited: boolean;
  typed: string;
  type: (text: string) => void;
  input: RefObject<HTMLInputElement | null>;
  /** What is typed takes its place; one that was edited to nothing goes. */
  settle: () => void;
  /** Edit one; what is typed until then is kept. */
  takeUp: (word: string) => void;
  /** Keep these alone of those that are shown. */
  keep: (words: readonly string[]) => void;
  /** What is edited stays as it was. */
  leaveOff: () => void;
}

/** Words as somebody works on them: new ones are typed, and one at a time is taken up to be put right where it stands. */
export function useWords(words: readonly string[], change: (words: string[]) => void): Words {
  const [taken, setTaken] = useState<{ word: string; index: number } | null>(null);
  // something else, such as undo, may have changed the words meanwhile
  const edited = taken && words[taken.index] === taken.word ? taken.index : null;
  const [typed, type] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const shown = words.filter((_, index) => index !== edited);
  const put = (after: string[]) => {
    if (after.join("\n") !== words.join("\n")) change(after);
    return after;
  };
  const leaveOff = () => {
    setTaken(null);
    type("");
  };
  const settle = () => {
    leaveOff();
    return put(wordsAfter(words, edited, typed));
  };
  const takeUp = (word: string) => {
    setTaken({ word, index: settle().indexOf(word) });
    type(word);
    input.current?.focus();
  };
  const keep = (kept: readonly string[]) => {
    const after = wordsKept(words, edited, kept);
    if (taken) setTaken({ ...taken, index: after.indexOf(taken.word) });
    put(after);
  };
  return { shown, isEdited: edited !== null, typed, type, input, settle, takeUp, keep, leaveOff };
}
