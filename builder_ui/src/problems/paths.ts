/** The way to a field, as problems name it: `branches[0].next[1]` is `["branches", 0, "next", 1]`. */
export const keysOf = (path: string): (string | number)[] =>
  [...path.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([name, index]) => (index === undefined ? name : Number(index)));

/** The same value without what stands at the path; the same value itself where nothing does. */
export function without<Value>(value: Value, [key, ...rest]: readonly (string | number)[]): Value {
  if (key === undefined || typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return value;
  if (rest.length) {
    const inner: unknown = value[key as keyof Value];
    return replaced(value, key, without(inner, rest));
  }
  if (Array.isArray(value)) return value.filter((_, index) => index !== key) as Value;
  const { [key as keyof Value]: _gone, ...others } = value;
  return others as Value;
}

/** What stands at a path; undefined where nothing does. */
export const at = (value: unknown, keys: readonly (string | number)[]): unknown =>
  keys.reduce<unknown>((inner, key) => (typeof inner === "object" && inner !== null && Object.hasOwn(inner, key) ? inner[key as keyof typeof inner] : undefined), value);

/** The same value with something else at the path; the way there has to exist. */
export function replacedAt<Value>(value: Value, [key, ...rest]: readonly (string | number)[], found: unknown): Value {
  return key === undefined ? (found as Value) : replaced(value, key, replacedAt(at(value, [key]), rest, found));
}

function replaced<Value>(value: Value, key: string | number, found: unknown): Value {
  if (at(value, [key]) === found) return value;
  if (Array.isArray(value)) return value.map((one: unknown, index) => (index === key ? found : one)) as Value;
  return { ...value, [key]: found };
}
