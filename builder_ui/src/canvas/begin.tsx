import Stack from "@mui/material/Stack";
import type { ReactNode } from "react";

/** What of a step is written first: its content. */
export const Begin = ({ children }: { children: ReactNode }) => (
  <Stack data-begin sx={{ gap: 2, "&:empty": { display: "none" } }}>
    {children}
  </Stack>
);

const TEXT = ":is(textarea, input:not([type=checkbox])):not([aria-hidden])";
type Written = HTMLInputElement | HTMLTextAreaElement;
/** The fields that have a place for the caret; browsers throw for the others, such as numbers. */
const WRITTEN_ON = new Set(["text", "textarea", "search", "url", "tel"]);
/** Where the focus would bring up a keyboard, over half of what there is to see. */
const ON_A_PHONE = "(max-width: 599px), (pointer: coarse)";

/** Puts the focus to where one writes first: the end of the step's content, or else of its name. Fingers say themselves when they write. */
export function beginIn(panel: HTMLElement | null): void {
  const first = matchMedia(ON_A_PHONE).matches ? null : (panel?.querySelector<Written>(`[data-begin] ${TEXT}`) ?? panel?.querySelector<Written>(TEXT));
  (first ?? panel)?.focus();
  if (first && WRITTEN_ON.has(first.type)) first.setSelectionRange(first.value.length, first.value.length);
}
