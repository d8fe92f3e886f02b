import { MarkerType } from "@xyflow/react";
import { createContext, useContext, useMemo } from "react";
import { createStore, type StoreApi, useStore } from "zustand";
import type { Link } from "../canvas/elements";
import { type Mark, markOfLink } from "../canvas/marks";
import { DARK, type Light, type Lights } from "./path";

/** What is lit on the canvas. A step renders again only when its own light changes. */
export type LightStore = StoreApi<Lights>;

export const createLights = (lights: Lights = DARK): LightStore => createStore<Lights>(() => lights);

const Current = createContext<LightStore>(createLights());
export const LightsProvider = Current.Provider;

export const useLightStore = (): LightStore => useContext(Current);

/** All lights. */
export const useLights = (): Lights => useStore(useContext(Current));

/** The light of one step; undefined: it has none. */
export const useLight = (node: string): Light | undefined => useStore(useContext(Current), ({ nodes }) => nodes.get(node));

/** The links, those that are lit told apart; the others stay as they are. */
export function useLitLinks(links: readonly Link[]): Link[] {
  const lit = useStore(useContext(Current), (state) => state.links);
  return useMemo(() => links.map((link) => litLink(link, lit.get(link.id))), [links, lit]);
}

/** How links of each light are drawn. */
const MARKS: Record<Light, Mark> = { past: "before", now: "now", waits: "now", tested: "now", untested: "rest" };

/** An arrow that does not grow with the link's width. */
const ARROW = { type: MarkerType.ArrowClosed, width: 18, height: 18, markerUnits: "userSpaceOnUse" };

const made = new WeakMap<Link, Map<Light, Link>>();

/** The same link of the same light is the same object, so that it is not drawn anew. */
function litLink(link: Link, light: Light | undefined): Link {
  if (!light) return link;
  const known = made.get(link) ?? new Map<Light, Link>();
  made.set(link, known);
  const found = known.get(light) ?? { ...link, className: markOfLink(MARKS[light]), markerEnd: ARROW, zIndex: 1 };
  known.set(light, found);
  return found;
}
