import { create } from "zustand";
import { newToken } from "../chat/identity";

/** Tells the pages of this browser that have an editor open apart (ED-5): each keeps what it has not saved for itself. */
const PREFIX = "botflow.";
const ANSWER_MS = 1_000;

/** What pages say to each other. */
type Said = { asks: string } | { here: string } | { gone: string };

/**
 * The id that this page had before it was loaded anew, or a new one. It is in the tab's storage only from one load to the
 * next: a browser that duplicates a tab copies that storage, and two pages would have one id.
 */
function taken(): string {
  try {
    const before = sessionStorage.getItem(`${PREFIX}page`);
    sessionStorage.removeItem(`${PREFIX}page`);
    return before ?? newToken();
  } catch {
    return newToken();
  }
}

export const PAGE = taken();

/** Which other pages are open; null: they have not had the time to answer yet. */
export const useOpenPages = create<{ open: ReadonlySet<string> | null }>(() => ({ open: null }));

const heard = new Set<string>();
const channel = new BroadcastChannel(`${PREFIX}pages`);
const say = (said: Said) => channel.postMessage(said);
const show = () => useOpenPages.setState({ open: new Set(heard) });

channel.onmessage = ({ data }: MessageEvent<Said>) => {
  if ("asks" in data) say({ here: PAGE });
  if ("gone" in data) heard.delete(data.gone);
  else heard.add("asks" in data ? data.asks : data.here);
  if (useOpenPages.getState().open) show();
};
say({ asks: PAGE });
setTimeout(show, ANSWER_MS);

addEventListener("pagehide", () => {
  say({ gone: PAGE });
  try {
    sessionStorage.setItem(`${PREFIX}page`, PAGE);
  } catch {
    // what this page leaves is offered as that of another
  }
});

/** The browser's own way back may bring a page as it was left. */
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  taken();
  say({ asks: PAGE });
});
