import { type ComponentType, lazy, type LazyExoticComponent } from "react";

interface Later<Props> {
  Page: LazyExoticComponent<ComponentType<Props>>;
  /** Loads it before it is drawn. */
  load: () => Promise<unknown>;
}

/**
 * A component whose code comes when it is needed, or was asked for before. What has come already is drawn at once:
 * React shows a fallback for code that is not there within a moment, and holds back for 300 ms what follows one.
 */
export function later<Props>(get: () => Promise<{ default: ComponentType<Props> }>): Later<Props> {
  let coming: ReturnType<typeof get> | undefined;
  const load = () => (coming ??= get());
  return { Page: lazy(load), load };
}
