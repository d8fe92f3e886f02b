import type { TriedTurn } from "./transcript";

/** The first turn that went differently from before, among those that both have; null: there is none. */
export function firstDifference(before: readonly TriedTurn[], after: readonly TriedTurn[]): number | null {
  const both = Math.min(before.length, after.length);
  for (let turn = 0; turn < both; turn += 1) if (seen(before[turn]!) !== seen(after[turn]!)) return turn;
  return null;
}

/** What a contact or an author would notice of a turn. */
function seen({ messages, thread, changed, removed }: TriedTurn): string {
  return JSON.stringify([messages.map(({ content, node }) => [content, node]), thread, changed, removed]);
}
