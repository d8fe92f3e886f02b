import type { Place } from "../api/client";

/** The first broken rule of a field; `isWhole`: or of anything inside it that has no field of its own. */
export const brokenAt = (broken: readonly Place[], pointer: string, isWhole = false): Place | undefined =>
  broken.find((one) => one.pointer === pointer || (isWhole && one.pointer.startsWith(`${pointer}/`)));

/** Puts the focus on the field of a place, or on the first one inside it, or on the one around it. */
export function focusOn(pointer: string): void {
  const at = (place: string) => document.querySelector<HTMLElement>(`[id^="${CSS.escape(place)}"]`);
  (at(pointer) ?? at(pointer.slice(0, pointer.lastIndexOf("/"))))?.focus();
}
