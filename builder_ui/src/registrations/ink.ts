const COLOR = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;

export const BLACK = "#000000";
export const WHITE = "#ffffff";

/** The share of light of a part of a colour (WCAG 2.2, relative luminance). */
const lightOf = (part: string) => {
  const share = parseInt(part, 16) / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

/** Whether a colour is written as # and six digits. */
export const isColor = (text: string) => COLOR.test(text);

/** Black or white: what can be read better on this colour. */
export function inkOn(color: string): string {
  const parts = COLOR.exec(color);
  if (!parts) return WHITE;
  const [red, green, blue] = parts.slice(1).map(lightOf) as [number, number, number];
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  // the contrast with black is (l + 0.05) / 0.05, with white 1.05 / (l + 0.05)
  return (luminance + 0.05) ** 2 > 0.05 * 1.05 ? BLACK : WHITE;
}
