/** What is around it makes room for the toolbar by this name. */
export const ROOM = "toolbar";

/** Where the toolbar has no room for all words, some give way to icons. */
export const CROWDED = `@container ${ROOM} (max-width: 1150px)`;
