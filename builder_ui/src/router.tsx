import { type AnchorHTMLAttributes, type MouseEvent, type RefObject, useEffect, useSyncExternalStore } from "react";

/** The addresses of the page: one pattern each; `:name` stands for one segment. */
export const ROUTES = { home: "/", chat: "/chat/:sender", embed: "/embed/:sender" } as const;
export type RouteName = keyof typeof ROUTES;
export interface Match {
  name: RouteName;
  parameters: Record<string, string>;
}

/** Which route a path belongs to; null for none. */
export function match(path: string): Match | null {
  for (const [name, pattern] of Object.entries(ROUTES) as [RouteName, string][]) {
    const parameters = parametersOf(pattern, path);
    if (parameters) return { name, parameters };
  }
  return null;
}

function parametersOf(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/").filter(Boolean);
  const given = path.split("/").filter(Boolean);
  if (wanted.length !== given.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = decoded(given[index]!);
    if (value === null) return null;
    if (part.startsWith(":")) parameters[part.slice(1)] = value;
    else if (part !== value) return null;
  }
  return parameters;
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

/** The address of one chat. */
export const chatPath = (sender: string) => `/chat/${encodeURIComponent(sender)}`;

const NAVIGATED = "botflow:navigated";

type Ask = (leave: () => void) => void;
/** Who wants somebody to be asked: each holds what is not saved. */
const holders = new Set<Ask>();
/** The path that is shown. */
let here = "";

/**
 * From now on somebody is asked before the page moves: calling `leave` is their yes, for all that is held. Ends by calling
 * what this gives.
 */
export function holdMoves(asking: Ask): () => void {
  const holder: Ask = (leave) => asking(leave);
  holders.add(holder);
  here = location.pathname;
  return () => holders.delete(holder);
}

/** Whoever was the first to hold moves; undefined: nobody does. */
const holding = (): Ask | undefined => holders.values().next().value;

/** Go to a path of this page without loading it anew. */
export function navigate(path: string): void {
  const ask = holding();
  if (ask && path !== location.pathname) ask(() => move(path));
  else move(path);
}

/** Go to a path without asking anybody: what was held is done. */
export function move(path: string): void {
  history.pushState(null, "", path);
  arrive();
}

function arrive(): void {
  here = location.pathname;
  dispatchEvent(new Event(NAVIGATED));
}

/** The browser's own buttons have moved already: come back, and ask. */
function moveBack(): void {
  const path = location.pathname;
  const ask = holding();
  if (!ask || path === here) return arrive();
  history.pushState(null, "", here);
  ask(() => move(path));
}

function subscribe(changed: () => void): () => void {
  const note = () => {
    moved = true;
    changed();
  };
  addEventListener("popstate", moveBack); // once, however many ask for it
  addEventListener(NAVIGATED, note);
  return () => removeEventListener(NAVIGATED, note);
}

let moved = false;

/** After a move within the page the focus has lost its place: put it on what is new, unless that took it already. */
export function useArrivalFocus(arrival: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (moved && document.activeElement === document.body) arrival.current?.focus();
  }, [arrival]);
}

/** The current path; the component renders again when it changes. */
export const usePath = () => useSyncExternalStore(subscribe, () => location.pathname);

/** Whether a press on a link is not for this page: the browser opens another. */
export const isForAnotherTab = ({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent) => button !== 0 || metaKey || ctrlKey || shiftKey || altKey;

/** A link within the page; with a modifier key or another button it stays an ordinary link. */
export function Link({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || isForAnotherTab(event)) return;
    event.preventDefault();
    navigate(href);
  };
  return <a href={href} onClick={follow} {...rest} />;
}
