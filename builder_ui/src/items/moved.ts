/** A list with an item a step up or down; at either end it stays as it is. */
export function moved<Item>(items: readonly Item[], index: number, step: 1 | -1): Item[] {
  const copy = [...items];
  const other = index + step;
  if (other < 0 || other >= copy.length) return copy;
  [copy[index], copy[other]] = [copy[other]!, copy[index]!];
  return copy;
}

/** A list with an item at another place of it. */
export const placed = <Item>(items: readonly Item[], from: number, to: number): Item[] => items.toSpliced(from, 1).toSpliced(to, 0, items[from]!);
