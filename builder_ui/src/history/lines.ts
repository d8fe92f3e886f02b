import { diffLines } from "diff";

export interface Line {
  kind: "added" | "removed" | "same" | "hidden";
  /** The line; of hidden ones, how many they are. */
  text: string;
}

/** Lines shown before and after each change. */
const AROUND = 3;

/** What is different between two texts, line by line, with some lines around; empty where nothing is. */
export function lines(before: string, after: string): Line[] {
  const all = diffLines(before, after).flatMap(({ value, added, removed }) => {
    const kind = added ? ("added" as const) : removed ? ("removed" as const) : ("same" as const);
    return value.replace(/\n$/, "").split("\n").map((text) => ({ kind, text }));
  });
  return folded(all);
}

/** With long stretches in which nothing changes put together. */
function folded(all: readonly Line[]): Line[] {
  const near = new Set(all.flatMap(({ kind }, index) => (kind === "same" ? [] : range(index - AROUND, index + AROUND))));
  if (!near.size) return [];
  const shown: Line[] = [];
  let hidden = 0;
  const fold = () => {
    if (hidden) shown.push({ kind: "hidden", text: String(hidden) });
    hidden = 0;
  };
  all.forEach((line, index) => {
    if (!near.has(index)) return void hidden++;
    fold();
    shown.push(line);
  });
  fold();
  return shown;
}

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);
