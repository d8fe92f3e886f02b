import type { Status } from "../senders/senderValues";

/** What the applicant does, by buttons of their own; the rest is what the vendor or operator decides. */
const OWN: readonly Status[] = ["draft", "submitted", "canceled"];

/** The statuses among these that a vendor or operator decides on. */
export const decisionsOf = (next: readonly Status[]) => next.filter((status) => !OWN.includes(status));
