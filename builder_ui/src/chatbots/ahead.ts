import { queries } from "../api/queries";
import { later } from "../later";
import { draftOf } from "./chatbots";

export const chatbotPage = later(() => import("./ChatbotPage"));
export const editorPage = later(() => import("../canvas/EditorPage"));

/** Ask for the draft of one chatbot while the code of its page and of its editor comes: one after the other they take twice as long. */
export async function chatbotAhead([id, part = "canvas"]: readonly string[]): Promise<void> {
  if (id === undefined) return;
  queries.prefetchQuery(draftOf(id)).catch(() => undefined); // the page asks again, and tells
  await Promise.all([chatbotPage.load(), part === "canvas" && editorPage.load()]);
}
