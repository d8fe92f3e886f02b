import { type Branch, branchesOf, type Condition } from "../scenario/model";
import { freshId } from "../scenario/operations";

type Type = Condition["type"];

/** A condition with other branches. */
export const withBranches = (node: Condition, branches: readonly Branch[]): Condition => ({ ...node, branches }) as Condition;

/** A new branch of a condition; what it is called and when it is taken is its author's to say. */
export function newBranch(type: Type, id: string): Branch {
  return type === "expression" ? { id, label: "", expression: "" } : { id, label: "", patterns: [] };
}

/** One branch more, behind the others. */
export function addBranch(node: Condition): Condition {
  const branches = branchesOf(node);
  const id = freshId(branches.map((branch) => branch.id), "branch");
  return withBranches(node, [...branches, newBranch(node.type, id)]);
}

export const changeBranch = (node: Condition, index: number, change: (branch: Branch) => Branch): Condition =>
  withBranches(node, branchesOf(node).map((branch, at) => (at === index ? change(branch) : branch)));

export const removeBranch = (node: Condition, index: number): Condition => withBranches(node, branchesOf(node).filter((_, at) => at !== index));

/** A branch earlier or later in the order in which they are tried. */
export function moveBranch(node: Condition, index: number, by: -1 | 1): Condition {
  const branches = [...branchesOf(node)];
  const moved = branches[index];
  const other = branches[index + by];
  if (!moved || !other) return node;
  branches[index + by] = moved;
  branches[index] = other;
  return withBranches(node, branches);
}

/** What the branches of the other type have, and this one has not. */
const OF_THE_OTHER: Readonly<Record<Type, readonly string[]>> = { expression: ["patterns", "suggestion"], user_response: ["expression"] };

/** A condition that looks at something else; what fits of its branches stays. */
export function withType(node: Condition, type: Type): Condition {
  const branches = branchesOf(node).map((branch) => {
    const fits = Object.entries(branch).filter(([name]) => !OF_THE_OTHER[type].includes(name));
    return { ...newBranch(type, branch.id), ...Object.fromEntries(fits) } as Branch;
  });
  return withBranches({ ...node, type } as Condition, branches);
}

/** A condition with an else, or without: then its links are gone too. */
export function withElse(node: Condition, on: boolean): Condition {
  const { else: before, ...rest } = node;
  return (on ? { ...node, else: before ?? {} } : rest) as Condition;
}
