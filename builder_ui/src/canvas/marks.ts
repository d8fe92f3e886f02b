import "./marks.module.css";

/** Why a step or a link is told apart from the rest: it was changed, or a chat came by. */
export type Mark = "added" | "removed" | "changed" | "now" | "before" | "rest";

/** The class of a link on a graph. */
export const markOfLink = (mark: Mark): string => `mark-${mark}`;
