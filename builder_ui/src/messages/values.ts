/** Content as it may stand in a draft: an object of which nothing else is certain. */
export interface Content {
  readonly [field: string]: unknown;
}

export const isContent = (value: unknown): value is Content => typeof value === "object" && value !== null && !Array.isArray(value);

/** A value as an object; an empty one for anything else. */
export const contentOf = (value: unknown): Content => (isContent(value) ? value : {});

/** A value as a list; an empty one for anything else. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A value as a text that can be typed on; empty for anything that is no text and no number. */
export const textOf = (value: unknown): string => (typeof value === "string" ? value : typeof value === "number" ? String(value) : "");

/** A copy with another value at a field; undefined takes the field away. Fields that nobody knows stay. */
export function withField(content: Content, field: string, value: unknown): Content {
  if (value !== undefined) return { ...content, [field]: value };
  const { [field]: _, ...rest } = content;
  return rest;
}

/** All objects within a value, outer before inner. */
export function objectsIn(value: unknown): Content[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isContent(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
}
