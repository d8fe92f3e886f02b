import { type ChangeEvent, type KeyboardEvent, type RefObject, useId, useLayoutEffect, useRef, useState } from "react";
import { accepted, type Complete, type Completion, type Suggested } from "./completion";

type TextBox = HTMLInputElement | HTMLTextAreaElement;

export interface Completing {
  input: RefObject<TextBox | null>;
  /** What can be chosen now; null: nothing. */
  found: Completion | null;
  active: number;
  listId: string;
  optionId: (index: number) => string;
  choose: (option: Suggested) => void;
  /** Write something where the caret is. */
  insert: (text: string) => void;
  onChange: (event: ChangeEvent<TextBox>) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  close: () => void;
}

/** What a text box needs so that what is typed into it is completed: arrow keys, Enter or Tab to take, Escape to go on alone. */
export function useCompletion(value: string, write: (text: string) => void, complete: Complete): Completing {
  const input = useRef<TextBox>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const wanted = useRef<number | null>(null);
  const listId = useId();
  const possible = caret === null ? null : complete(value, caret);
  const found = possible?.options.length ? possible : null;
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    input.current?.focus();
    input.current?.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  });
  const put = (text: string, at: number) => {
    wanted.current = at;
    setCaret(null);
    write(text);
  };
  const choose = (option: Suggested) => {
    if (!found) return;
    const { text, caret: at } = accepted(value, found, option);
    put(text, at);
  };
  const keys: Record<string, (() => void) | undefined> = found
    ? {
        ArrowDown: () => setActive((active + 1) % found.options.length),
        ArrowUp: () => setActive((active + found.options.length - 1) % found.options.length),
        Enter: () => choose(found.options[Math.min(active, found.options.length - 1)]!),
        Tab: () => choose(found.options[Math.min(active, found.options.length - 1)]!),
        Escape: () => setCaret(null),
      }
    : {};
  return {
    input,
    found,
    active,
    listId,
    optionId: (index) => `${listId}-${index}`,
    choose,
    insert: (text) => {
      const { selectionStart, selectionEnd } = input.current ?? {};
      const from = selectionStart ?? value.length;
      put(value.slice(0, from) + text + value.slice(selectionEnd ?? from), from + text.length);
    },
    onChange: (event) => {
      setCaret(event.target.selectionStart);
      setActive(0);
    },
    onKeyDown: (event) => {
      const act = keys[event.key];
      if (act && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey) {
        event.preventDefault();
        event.stopPropagation(); // to the panel, which Escape would close
        act();
      } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) setCaret(null);
    },
    close: () => setCaret(null),
  };
}
