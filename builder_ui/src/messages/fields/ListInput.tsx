import { type KeyboardEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { Within } from "../../canvas/faults";
import { MovableItem } from "../../items/MovableItem";
import { Counter } from "../../limits/Counter";
import { namedBy } from "../kinds";
import { asObject, newObject } from "../making";
import { TOGETHER } from "../together";
import { useWords } from "../useWords";
import { contentOf, isContent, listOf, textOf } from "../values";
import { AddButton } from "./AddButton";
import { Choice } from "./Choice";
import type { FieldInputProps } from "./FieldInput";
import { FoldButton, isLarge, useFolding } from "./Folding";
import { labelOf, objectLabel } from "./labels";
import { ObjectFields } from "./ObjectFields";
import { Part } from "./Part";
import { UnknownItem } from "./UnknownItem";

/** A list of answers, cards, rows or blocks: added, moved, removed, and counted. */
export function ListInput({ owner, field, kind, value, change }: FieldInputProps<"list">) {
  const { t } = useTranslation();
  const words = useWords();
  const items = listOf(value);
  const set = (next: readonly unknown[]) => change(next.length === 0 && !kind.required ? undefined : next);
  const [countBefore] = useState(items.length);
  const list = useRef<HTMLOListElement>(null);
  const add = (name: string) => {
    flushSync(() => set([...items, newObject(name, words)]));
    beginning(list.current?.lastElementChild)?.focus();
  };
  /** Enter in the text of what can be tapped: on to the next one, or to a new one of its kind. */
  const goOn = (event: KeyboardEvent<HTMLElement>) => {
    const item = goneOnFrom(event);
    const value = item && items[Array.from(event.currentTarget.children).indexOf(item)];
    const name = namedBy(value, kind.of);
    if (!item || !name || !("id" in contentOf(value))) return;
    if (item.nextElementSibling) beginning(item.nextElementSibling)?.focus();
    else if (items.length < kind.most) add(name);
  };
  return (
    <Part title={labelOf(t, owner, field)} field={field} aside={<Counts owner={owner} field={field} items={items} most={kind.most} />}>
      {items.length > 0 && (
        <Within at={field}>
          <ol ref={list} onKeyDown={goOn} style={{ display: "grid", gap: 12, listStyle: "none", margin: 0, padding: 0 }}>
            {items.map((item, index) => (
              <Item key={keyOf(item, index)} items={items} index={index} of={kind.of} countBefore={countBefore} change={set} />
            ))}
          </ol>
        </Within>
      )}
      <AddButton label={t(`messages.adds.${field}` as "messages.adds.cards")} of={kind.of} add={add} />
    </Part>
  );
}

/** Where one begins to write in an item. */
const beginning = (item: Element | null | undefined) => item?.querySelector<HTMLInputElement | HTMLTextAreaElement>(":is(textarea, input):not([aria-hidden])");

/** The item of a list whose text is written, as Enter says; null: it is something else, or there is no text yet. */
function goneOnFrom({ key, target, currentTarget, defaultPrevented, nativeEvent }: KeyboardEvent<HTMLElement>): Element | null {
  if (key !== "Enter" || defaultPrevented || nativeEvent.isComposing || !(target instanceof HTMLInputElement)) return null;
  const item = target.closest("li");
  const isItsText = item?.parentElement === currentTarget && beginning(item) === target;
  return isItsText && target.value.trim() !== "" ? item : null;
}

interface CountsProps {
  owner: string;
  field: string;
  items: readonly unknown[];
  most: number;
}

/** How many there are, and how many of what is counted over all of them. */
function Counts({ owner, field, items, most }: CountsProps) {
  const { t } = useTranslation();
  const together = TOGETHER[`${owner}.${field}`];
  return (
    <>
      <Counter count={items.length} most={most} />
      {together && " · "}
      {together && <Counter count={together.count(items)} most={together.most} what={t(together.of)} />}
    </>
  );
}

/** What can be tapped keeps its inputs while it moves; other items have no name of their own. */
const keyOf = (item: unknown, index: number) => textOf(contentOf(item).id) || index;

interface ItemProps {
  items: readonly unknown[];
  index: number;
  of: readonly string[];
  /** How many there were when the list was opened. */
  countBefore: number;
  change: (items: readonly unknown[]) => void;
}

function Item(props: ItemProps) {
  return (
    <Within at={`[${props.index}]`}>
      <ItemInside {...props} />
    </Within>
  );
}

function ItemInside({ items, index, of, countBefore, change }: ItemProps) {
  const { t } = useTranslation();
  const words = useWords();
  const item = items[index];
  const name = namedBy(item, of);
  const [isOpen, show] = useFolding(name, index, countBefore);
  const set = (next: unknown) => change(items.with(index, next));
  const label = t("messages.item_of", { what: name ? objectLabel(t, name) : t("messages.unknown_item"), number: index + 1 });
  if (!name || !isContent(item))
    return (
      <MovableItem name={label} items={items} index={index} change={change}>
        <UnknownItem value={item} change={set} />
      </MovableItem>
    );
  const isTappable = "id" in item && of.length > 1;
  const heading = isTappable ? (
    <Kind name={name} of={of} choose={(other) => set(asObject(other, item, words))} />
  ) : (
    isLarge(name) && <FoldButton label={label} item={item} isOpen={isOpen} show={show} />
  );
  return (
    <MovableItem name={label} items={items} index={index} change={change} heading={heading}>
      {isOpen && <ObjectFields name={name} value={item} change={set} />}
    </MovableItem>
  );
}

/** What happens when it is tapped. */
function Kind({ name, of, choose }: { name: string; of: readonly string[]; choose: (name: string) => void }) {
  const { t } = useTranslation();
  return <Choice label={t("messages.does")} field="type" value={name} options={of.map((one) => ({ value: one, label: objectLabel(t, one) }))} choose={choose} />;
}
