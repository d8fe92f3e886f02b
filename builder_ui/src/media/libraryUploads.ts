import { forgetWith } from "../workspace/session";
import { refresh } from "./media";
import { sendToLibrary } from "./send";
import { Uploads } from "./uploads";

/** What the media page is uploading; it goes on while other pages are looked at. */
export const libraryUploads = new Uploads(sendToLibrary, () => void refresh());
forgetWith(() => libraryUploads.cancelAll());

/** Closing the tab would end uploads: the browser asks first. */
addEventListener("beforeunload", (event) => {
  if (libraryUploads.use.getState().list.some(({ state }) => state === "waiting" || state === "sending")) event.preventDefault();
});
