import { describe, expect, it } from "vitest";
import { endingsOf, hasThumbnail, MOST_BYTES, matching, nameOf, refusal, sizeText } from "./files";
import type { Media } from "./media";

const file = (key: string, name: string, kind: string, more: Partial<Media> = {}) => ({ key, name, kind, state: "ready", bytes: 10, ...more }) as Media;
const FILES = [file("menu", "Menu 2026.pdf", "document"), file("pizza", "Pizza.png", "image"), file("hello", "Hello menu.mp3", "audio")];
const keys = (search: string, kinds: Parameters<typeof matching>[1]["kinds"] = []) => matching(FILES, { search, kinds }).map(({ key }) => key);

describe("files of the library", () => {
  it("are found by words of their names and keys, whatever the case", () => {
    expect(keys("")).toEqual(["menu", "pizza", "hello"]);
    expect(keys(" MENU ")).toEqual(["menu", "hello"]);
    expect(keys("menu hello")).toEqual(["hello"]);
  });

  it("are found by kind", () => {
    expect(keys("", ["image", "audio"])).toEqual(["pizza", "hello"]);
    expect(keys("menu", ["audio"])).toEqual(["hello"]);
  });

  it("show themselves where they are pictures that are not too large", () => {
    expect(hasThumbnail(file("a", "a", "image"))).toBe(true);
    expect(hasThumbnail(file("a", "a", "video"))).toBe(false);
    expect(hasThumbnail(file("a", "a", "image", { state: "lost" }))).toBe(false);
    expect(hasThumbnail(file("a", "a", "image", { bytes: 40_000_000 }))).toBe(false);
  });
});

describe("a file that is to be sent", () => {
  it.each([
    [0, "media.no_bytes"],
    [1, null],
    [MOST_BYTES, null],
    [MOST_BYTES + 1, "media.too_large"],
  ])("of %i bytes: %s", (size, expected) => expect(refusal({ size })).toBe(expected));

  it("keeps the end of a long name", () => {
    expect(nameOf({ name: `${"a".repeat(300)}.png` })).toBe(`${"a".repeat(196)}.png`);
  });

  it("is offered by its ending", () => expect(endingsOf(["image", "document"])).toMatch(/^\.jpg,.*,\.webp,\.pdf,.*\.txt$/));
});

it.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1_500, "1.5 kB"],
  [5_000_000, "5 MB"],
  [524_288_000, "524.3 MB"],
  [5_000_000_000, "5,000 MB"],
])("%i bytes are %s", (bytes, text) => expect(sizeText(bytes, "en-US")).toBe(text));
