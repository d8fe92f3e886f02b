const MOST = 28;

/** An address as far as it tells people apart: those of visitors are 64 digits long. */
export const shortened = (address: string) => (address.length > MOST ? `${address.slice(0, MOST - 8)}…` : address);
