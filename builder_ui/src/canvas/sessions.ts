import type { Draft } from "../chatbots/chatbots";
import type { Scenario } from "../scenario/model";
import { forgetWith } from "../workspace/session";
import { createEditor, type Editor } from "./editor";
import { unsavedOf } from "./kept";
import { PAGE } from "./pages";
import { Saver } from "./saving";

/** Somebody's work on one chatbot. It goes on while they look at other pages: saving, and what can be undone. */
export interface Session {
  editor: Editor;
  saver: Saver;
}

const sessions = new Map<string, Session>();

forgetWith(() => {
  for (const { saver } of sessions.values()) saver.end();
  sessions.clear();
});

// within the page work goes on; what is at risk by closing it is not always on the page that is shown
addEventListener("beforeunload", (event) => {
  if ([...sessions.values()].some(({ saver }) => saver.isAtRisk)) event.preventDefault();
});

/** The session of a draft: the one that is open, unless the server has something newer and nothing here waits. */
export function sessionOf(user: string, draft: Draft, scenario: Scenario): Session {
  const key = `${user} ${draft.id}`;
  const open = sessions.get(key);
  if (open && (!open.saver.isSaved || open.saver.revision >= draft.revision)) return open;
  const session = begin(user, draft, scenario);
  sessions.set(key, session);
  return session;
}

/** With what this page had not saved when it was loaded anew, where there is such a thing. */
function begin(user: string, draft: Draft, scenario: Scenario): Session {
  const work = { user, id: draft.id, page: PAGE };
  const unsaved = unsavedOf(work);
  const editor = createEditor(unsaved?.scenario ?? scenario);
  const saver = new Saver(work, unsaved?.revision ?? draft.revision, scenario, draft.problems, draft.has_changes);
  if (unsaved) saver.change(unsaved.scenario, 0);
  editor.subscribe((now, before) => now.scenario !== before.scenario && saver.change(now.scenario));
  return { editor, saver };
}
