import type { ReactNode } from "react";
import { MovableItem } from "../../items/MovableItem";
import { useEditing } from "../editing";

interface ItemFrameProps<Item> {
  name: string;
  items: Item[];
  index: number;
  change: (items: Item[]) => void;
  children: ReactNode;
}

/** One of a list of the template: a button, or a card. */
export function ItemFrame<Item>(props: ItemFrameProps<Item>) {
  const { isLocked } = useEditing();
  return <MovableItem {...props} isLocked={isLocked} />;
}
