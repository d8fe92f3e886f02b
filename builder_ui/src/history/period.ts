/** Of which version and when; an empty text says nothing. Days are those of whoever asks. */
export interface Period {
  version: number | "";
  first: string;
  last: string;
}

export const ALWAYS: Period = { version: "", first: "", last: "" };
