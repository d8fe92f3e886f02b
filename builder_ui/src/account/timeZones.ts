/** Every time zone that the browser knows, by name; UTC first, which some browsers leave out. */
export const timeZones = (): string[] => ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
