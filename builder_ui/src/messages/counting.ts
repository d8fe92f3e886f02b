import type { Unit } from "./kinds";
import { segmentsOf } from "./segments";

/** Anything in double braces, as the runtime finds it. */
const BRACES = /\{\{[^{}]*\}\}/g;

/** Without its placeholders: what nobody's values can make shorter. */
export const fixedPart = (text: string) => text.replace(BRACES, "");

export const hasPlaceholder = (text: string) => fixedPart(text) !== text;

const LENGTHS: Record<Unit, (text: string) => number> = {
  characters: (text) => [...text].length,
  utf16: (text) => text.length,
  bytes: (text) => new TextEncoder().encode(text).length,
  sms: (text) => segmentsOf(text).parts,
};

/** How long a text is, in what its channel counts. */
export const lengthIn = (unit: Unit, text: string): number => LENGTHS[unit](text);
