import { ApiError, errorOf } from "../api/client";
import { nameOf } from "./files";
import type { Media } from "./media";
import type { Send } from "./uploads";

/** Sends a file by XMLHttpRequest, which says how much of it is gone already; fetch does not. Raises an ApiError. */
export const sendToLibrary: Send = (file, progress, signal) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/media?name=${encodeURIComponent(nameOf(file))}`);
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    request.onload = () => settle(request).then(resolve, reject);
    request.onerror = request.onabort = () => reject(new ApiError(0, ""));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });

async function settle({ status, statusText, responseText }: XMLHttpRequest): Promise<Media> {
  const response = new Response(responseText, { status, statusText });
  if (!response.ok) throw await errorOf(response);
  return (await response.json()) as Media;
}
