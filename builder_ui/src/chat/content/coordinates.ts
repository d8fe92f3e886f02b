import type { Location } from "../protocol";

const MOST = { latitude: 90, longitude: 180 } as const;
export type Axis = keyof typeof MOST;

/** A coordinate as a person types it, with a decimal point or comma; null where it is none. */
export function coordinate(text: string, axis: Axis): number | null {
  const plain = text.trim().replace(",", ".");
  const degrees = /^[+-]?\d{1,3}(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
  return Math.abs(degrees) <= MOST[axis] ? degrees : null;
}

/** Where the device is. Rejects when it does not tell. */
export function whereIAm(): Promise<Location> {
  return new Promise((found, failed) => {
    if (!navigator.geolocation) return failed(new Error("no geolocation"));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => found([coords.latitude, coords.longitude]),
      failed,
      { timeout: 10_000, maximumAge: 60_000 },
    );
  });
}
