import type { Branch } from "../scenario/model";

/** The words and patterns that take a branch. */
export const patternsOf = (branch: Branch): readonly string[] => ("patterns" in branch && Array.isArray(branch.patterns) ? (branch.patterns as string[]) : []);
