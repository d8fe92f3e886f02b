/** A place in a template: the keys that lead to it. */
export type Place = readonly (string | number)[];

type Node = Record<string | number, unknown>;

/** The place as the server names it (RFC 6901). */
export const pointerOf = (place: Place) =>
  place.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** What stands at a place; undefined for nothing. */
export const valueAt = (root: unknown, place: Place): unknown =>
  place.reduce<unknown>((value, key) => (value as Node | undefined)?.[key], root);

/** A copy with another value at a place. */
export function withValue<Root>(root: Root, place: Place, value: unknown): Root {
  const [key, ...rest] = place;
  if (key === undefined) return value as Root;
  const copy = (Array.isArray(root) ? [...root] : { ...root }) as Node;
  copy[key] = withValue(copy[key], rest, value);
  return copy as Root;
}
