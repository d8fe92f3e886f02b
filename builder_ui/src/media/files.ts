import type { Media } from "./media";

export const KINDS = ["image", "video", "audio", "document"] as const;
export type Kind = (typeof KINDS)[number];

export const MOST_BYTES = 500 * 1024 * 1024;
const LONGEST_NAME = 200;
/** Pictures have no small copy: larger ones are shown when they are opened. */
const THUMBNAIL_BYTES = 10 * 1024 * 1024;

/** What a file dialog offers; the server looks at the bytes anyway. */
const ENDINGS: Record<Kind, string> = {
  image: ".jpg,.jpeg,.png,.gif,.webp",
  video: ".mp4,.3gp,.mov,.webm",
  audio: ".mp3,.m4a,.aac,.amr,.ogg,.wav",
  document: ".pdf,.docx,.xlsx,.pptx,.vcf,.txt",
};

export const endingsOf = (kinds: readonly Kind[]) => kinds.map((kind) => ENDINGS[kind]).join(",");

export const isKind = (kind: string): kind is Kind => KINDS.includes(kind as Kind);

/** Why a file need not be sent at all; null where it may be taken. */
export function refusal({ size }: { size: number }): "media.no_bytes" | "media.too_large" | null {
  if (size === 0) return "media.no_bytes";
  return size > MOST_BYTES ? "media.too_large" : null;
}

/** The name under which a file is sent; its end says what it is, so that stays. */
export const nameOf = ({ name }: { name: string }) => name.slice(-LONGEST_NAME);

export interface Wanted {
  search: string;
  /** None: of every kind. */
  kinds: readonly Kind[];
}

/** The files of these kinds that have every word in their name or key. */
export function matching(files: readonly Media[], { search, kinds }: Wanted): Media[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return files.filter(({ name, key, kind }) => {
    const text = `${name} ${key}`.toLowerCase();
    return (kinds.length === 0 || kinds.includes(kind as Kind)) && words.every((word) => text.includes(word));
  });
}

/** Whether there is content that a browser shows as a small picture. */
export const hasThumbnail = ({ kind, state, bytes }: Media) => kind === "image" && state === "ready" && bytes <= THUMBNAIL_BYTES;

const UNITS = ["byte", "kilobyte", "megabyte"] as const;

/** A size as people say it: 5 MB. */
export function sizeText(bytes: number, locale: string): string {
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  const unit = UNITS[step]!;
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: step ? "short" : "long", maximumFractionDigits: 1 }).format(bytes / 1000 ** step);
}
