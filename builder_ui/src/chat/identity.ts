import { keep, recall } from "../storage";

const TOKEN_BYTES = 16;

/** 128 random bits as 32 hex digits. `crypto.randomUUID` is not there on plain HTTP, this is. */
export function newToken(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** The secret by which the server knows this browser again. */
export function visitor(): string {
  const known = recall("visitor", "");
  if (/^[0-9a-f]{32}$/.test(known)) return known;
  const token = newToken();
  keep("visitor", token);
  return token;
}
