/** What the widget on a page and the chat in its frame tell each other, by postMessage. */

/** From the page: whether the chat is shown. The first one also says to whom answers go. */
export type ToChat = { botflow: "shown"; shown: boolean };

/** From the chat: it is there; the person wants it closed; so many messages came while it was hidden. */
export type ToPage = { botflow: "ready" } | { botflow: "close" } | { botflow: "unread"; count: number };

/** Messages of a page are anybody's: this tells ours from those of other scripts. */
export const isOurs = (data: unknown): data is ToChat | ToPage =>
  typeof data === "object" && data !== null && typeof (data as { botflow?: unknown }).botflow === "string";
