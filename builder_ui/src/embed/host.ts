import { isOurs, type ToPage } from "./messages";

/** Whether a page shows us in a frame. */
export const onHost = parent !== window;

let origin: string | undefined;
let shown = !onHost;
const told: ToPage[] = [];
const watchers = new Set<() => void>();

export const isShown = () => shown;

export function watchHost(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}

/** Tell the page that shows us something: nobody else hears it. What is told too early is kept. */
export function tellHost(message: ToPage): void {
  if (!onHost) return;
  if (origin === undefined) told.push(message);
  else parent.postMessage(message, origin);
}

/**
 * Only the window around us is listened to, and it stays with the origin that it spoke from first. That this origin is
 * one of those that the sender lists is the browser's doing (frame-ancestors): another one never loads us.
 */
function onMessage({ source, origin: from, data }: MessageEvent): void {
  if (source !== parent || from !== (origin ?? from) || !isOurs(data) || data.botflow !== "shown") return;
  if (origin === undefined) {
    origin = from;
    tellHost({ botflow: "ready" });
    told.splice(0).forEach(tellHost);
  }
  shown = data.shown === true;
  for (const watcher of watchers) watcher();
}

// From the very beginning: the page speaks as soon as the frame has loaded.
if (onHost) addEventListener("message", onMessage);
