import { isDrawable, type Scenario } from "../scenario/model";
import { forget, keep, keysUnder, recall, unsavedKey } from "../storage";

/** Whose work on which chatbot it is, and on which page: several people may use a browser, and one may have two pages open. */
export interface Work {
  user: string;
  id: string;
  page: string;
}

export interface Unsaved {
  /** Of the draft it is based on. */
  revision: number;
  scenario: Scenario;
  /** When it was kept: milliseconds. */
  at: number;
}

const beginOf = (user: string, id: string) => `${unsavedKey(user, id)}/`;
const keyOf = ({ user, id, page }: Work) => beginOf(user, id) + page;

/** What a page has not saved yet; null: nothing. */
export function unsavedOf(work: Work): Unsaved | null {
  const kept = recall<Unsaved | null>(keyOf(work), null);
  return kept !== null && isDrawable(kept.scenario) ? kept : null;
}

/** Gives whether the browser keeps it. */
export const keepWork = (work: Work, unsaved: Unsaved): boolean => keep(keyOf(work), unsaved);

export const forgetWork = (work: Work): void => forget(keyOf(work));

export interface Left {
  work: Work;
  unsaved: Unsaved;
}

/** What pages that are not open any more have not saved, the newest first. */
export function leftBy({ user, id }: Omit<Work, "page">, isOpen: (page: string) => boolean): Left[] {
  const begin = beginOf(user, id);
  const works = keysUnder(begin).map((key): Work => ({ user, id, page: key.slice(begin.length) }));
  return works
    .filter(({ page }) => !isOpen(page))
    .flatMap((work) => {
      const unsaved = unsavedOf(work);
      return unsaved ? [{ work, unsaved }] : [];
    })
    .sort((one, other) => other.unsaved.at - one.unsaved.at);
}
