import { ApiError } from "../api/client";

/** Whether an error names the values that cannot be used. */
export const isPlaced = (error: unknown): error is ApiError => error instanceof ApiError && error.places.length > 0;

/** What to spread into a text field whose value stands at `pointer` (RFC 6901) of the body that was refused. */
export function fieldError(error: unknown, pointer: string): { error?: true; helperText?: string } {
  const place = isPlaced(error) ? error.places.find((one) => one.pointer === pointer) : undefined;
  return place ? { error: true, helperText: place.detail } : {};
}

/** What is wrong at places that none of these pointers is of: there is no field to say it at. */
export function otherErrors(error: unknown, pointers: readonly string[]): string[] {
  if (!isPlaced(error)) return [];
  return error.places.filter((place) => !pointers.includes(place.pointer)).map((place) => place.detail);
}
