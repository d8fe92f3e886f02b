/** The toolbar as a container: what is in it goes by how wide it is. */
export const ROOM = "toolbar";

/** Where the toolbar has no room for all words, some give way to icons. */
export const CROWDED = `@container ${ROOM} (max-width: 1150px)`;

/** Where it has room for the shortest words alone, such as on a phone. */
export const NARROW = `@container ${ROOM} (max-width: 900px)`;
