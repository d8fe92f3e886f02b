import Stack from "@mui/material/Stack";
import type { ReactNode } from "react";

/** What of a step is written first: its content. */
export const Begin = ({ children }: { children: ReactNode }) => (
  <Stack data-begin sx={{ gap: 2, "&:empty": { display: "none" } }}>
    {children}
  </Stack>
);

const TEXT = ":is(textarea, input:not([type=checkbox])):not([aria-hidden])";
/** Where the focus would bring up a keyboard, over half of what there is to see. */
const ON_A_PHONE = "(max-width: 599px), (pointer: coarse)";

/** Puts the focus to where one writes first: the content of the step, or else its name. Fingers say themselves when they write. */
export function beginIn(panel: HTMLElement | null): void {
  const first = matchMedia(ON_A_PHONE).matches ? null : (panel?.querySelector<HTMLElement>(`[data-begin] ${TEXT}`) ?? panel?.querySelector<HTMLElement>(TEXT));
  (first ?? panel)?.focus();
}
