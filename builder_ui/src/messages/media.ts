import { type Kind, KINDS } from "../media/files";

const ENDINGS: Record<Kind, readonly string[]> = {
  image: [".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".svg"],
  video: [".mp4", ".3gp", ".mov", ".webm"],
  audio: [".mp3", ".m4a", ".aac", ".amr", ".ogg", ".wav", ".mpeg"],
  document: [],
};

const FILM_OR_SOUND = ".3gp";

const kindOf = (format: string): Kind => KINDS.find((kind) => ENDINGS[kind].includes(format)) ?? "document";

/** The kinds of files of the library that a place takes; a place without formats takes all. */
export const kindsOf = (formats: readonly string[]): readonly Kind[] =>
  formats.length === 0 ? KINDS : KINDS.filter((kind) => formats.some((format) => kindOf(format) === kind && format !== FILM_OR_SOUND));

/** The end of a file's name, such as `.pdf`; empty where there is none. */
export const formatOf = (name: string): string => /\.[a-z0-9]{1,5}$/.exec(name.toLowerCase())?.[0] ?? "";

/** Whether a place takes a file of this name. */
export const takes = (formats: readonly string[], name: string): boolean => formats.length === 0 || formats.includes(formatOf(name));
