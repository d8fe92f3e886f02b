import type { CalendarEvent, Media, ShowLocation } from "./model";

const WEB = /^https?:\/\//i;
const MAP = "https://www.openstreetmap.org";

/** An address that is safe to open: http or https only. */
export const webAddress = (url: unknown) => (typeof url === "string" && WEB.test(url) ? url : undefined);

/** A file of the media library, which the server names by a path of its own. */
const LIBRARY = /^\/media\//;

/** The address of a media file; none for an asset that is not there, whose name is all there is to show. */
export function mediaAddress(media: Media | undefined): string | undefined {
  return LIBRARY.test(media?.url ?? "") ? media?.url : webAddress(media?.url);
}

/** What to call a media file: its asset key, or the last part of its address. */
export function mediaName(media: Media | undefined): string {
  if (media?.asset) return media.asset;
  const path = (media?.url ?? "").split(/[?#]/)[0] ?? "";
  const last = path.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last) || path;
  } catch {
    return last;
  }
}

const FORMATS = {
  video: /\.(mp4|webm|ogv|mov|3gp)$/i,
  document: /\.(pdf|docx?|pptx?|xlsx?|csv|txt|rtf|od[tsf]|zip|vcf|mp3|m4a|aac|amr|ogg|wav)$/i,
};

/** Whether a file is shown as a picture, played as a video, or offered as a document. */
export function mediaKind(media: Media | undefined): "picture" | "video" | "document" {
  const name = mediaName(media);
  if (FORMATS.video.test(name)) return "video";
  return FORMATS.document.test(name) ? "document" : "picture";
}

/** A map with a place on it, by coordinates or by what to search for. */
export function mapAddress({ latitude, longitude, query }: Partial<ShowLocation>): string {
  if (query) return `${MAP}/search?query=${encodeURIComponent(query)}`;
  const [lat, lon] = [encodeURIComponent(String(latitude)), encodeURIComponent(String(longitude))];
  return `${MAP}/?mlat=${lat}&mlon=${lon}#map=16/${lat}/${lon}`;
}

/** An event as a calendar file (RFC 5545) that the device's calendar opens. */
export function calendarFile(event: CalendarEvent): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//botflow//webchat//EN",
    "BEGIN:VEVENT",
    `UID:${calendarText(event.id)}-${calendarTime(event.start)}@botflow`,
    `DTSTAMP:${calendarTime(new Date().toISOString())}`,
    calendarMoment("DTSTART", event.start),
    calendarMoment("DTEND", event.end),
    `SUMMARY:${calendarText(event.title)}`,
    ...(event.description ? [`DESCRIPTION:${calendarText(event.description)}`] : []),
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return `data:text/calendar;charset=utf-8,${encodeURIComponent(lines.join("\r\n"))}`;
}

const calendarText = (text: string) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");

function calendarMoment(name: string, moment: string): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(moment);
  return day ? `${name};VALUE=DATE:${moment.replaceAll("-", "")}` : `${name}:${calendarTime(moment)}`;
}

/** A date and time in UTC; one without a zone is local time wherever it is read. */
function calendarTime(moment: string): string {
  const zoned = /(Z|[+-]\d{2}:\d{2})$/.test(moment);
  const plain = zoned ? new Date(moment).toISOString().replace(/\.\d+/, "") : moment;
  return plain.replace(/[-:]/g, "");
}
