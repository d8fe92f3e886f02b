/** The id of the overview in the corner, which covers what lies below. */
export const MAP = "minimap";
