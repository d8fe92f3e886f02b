import { describe, expect, it } from "vitest";
import { calendarFile, mapAddress, mediaAddress, mediaKind, mediaName, webAddress } from "./addresses";
import { coordinate } from "./coordinates";
import { readableText } from "./model";

describe("addresses", () => {
  it.each([
    ["https://example.com", "https://example.com"],
    ["HTTP://example.com", "HTTP://example.com"],
    ["javascript:alert(1)", undefined],
    ["data:text/html,x", undefined],
    ["//example.com", undefined],
    [7, undefined],
  ])("are opened only on the web: %s", (url, safe) => expect(webAddress(url)).toBe(safe));

  it.each([
    [{ url: "/media/1/s/menu.pdf" }, "/media/1/s/menu.pdf"],
    [{ url: "https://example.com/a.png" }, "https://example.com/a.png"],
    [{ url: "//example.com/media/a.png" }, undefined],
    [{ url: "/api/v1/me" }, undefined],
    [{ asset: "menu" }, undefined],
    [undefined, undefined],
  ])("of media are of the web or of the library: %j", (media, address) => expect(mediaAddress(media)).toBe(address));

  it.each([
    [{ asset: "menu" }, "menu", "picture"],
    [{ url: "https://example.com/a/men%C3%BA.pdf?x=1#p" }, "menú.pdf", "document"],
    [{ url: "/media/1/s/song.mp3" }, "song.mp3", "document"],
    [{ url: "https://example.com/clip.MP4" }, "clip.MP4", "video"],
    [{ url: "https://example.com/%E0%A4%A.png" }, "%E0%A4%A.png", "picture"],
    [undefined, "", "picture"],
  ])("name their file: %j", (media, name, kind) => {
    expect(mediaName(media)).toBe(name);
    expect(mediaKind(media)).toBe(kind);
  });

  it("show a place by coordinates or by a search", () => {
    expect(mapAddress({ latitude: 1.5, longitude: -2 })).toContain("mlat=1.5&mlon=-2");
    expect(mapAddress({ query: "café & bar" })).toContain("query=caf%C3%A9%20%26%20bar");
  });
});

describe("a calendar file", () => {
  const event = { id: "e", type: "calendar_event", text: "Save", start: "2026-03-01T10:00:00+01:00", end: "2026-03-01T11:00", title: "Cut, wash; dry" };
  const file = (changes = {}) => decodeURIComponent(calendarFile({ ...event, ...changes })).split("\r\n");

  it("gives moments with a zone in UTC, others as local time, days as days", () => {
    expect(file()).toContain("DTSTART:20260301T090000Z");
    expect(file()).toContain("DTEND:20260301T1100");
    expect(file({ start: "2026-03-01" })).toContain("DTSTART;VALUE=DATE:20260301");
  });

  it("escapes what means something in a calendar", () => {
    expect(file()).toContain("SUMMARY:Cut\\, wash\\; dry");
    expect(file({ description: "a\nEND:VEVENT" })).toContain("DESCRIPTION:a\\nEND:VEVENT");
  });
});

describe("typed coordinates", () => {
  it.each([
    ["40.4168", "latitude", 40.4168],
    [" -3,7038 ", "longitude", -3.7038],
    ["+90", "latitude", 90],
    ["90.1", "latitude", null],
    ["-180", "longitude", -180],
    ["181", "longitude", null],
    ["", "latitude", null],
    ["1e1", "latitude", null],
    ["north", "latitude", null],
  ] as const)("%s as a %s", (text, axis, degrees) => expect(coordinate(text, axis)).toBe(degrees));
});

describe("content of an unknown type", () => {
  it.each([
    [{ type: "x", text: "words" }, "words"],
    [{ type: "x", title: "a title", text: "" }, "a title"],
    [{ type: "x", text: { not: "text" } }, ""],
  ])("is read by its text: %j", (content, text) => expect(readableText(content)).toBe(text));
});
