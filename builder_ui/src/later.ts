import { type ComponentType, lazy, type LazyExoticComponent } from "react";

// as React's own `lazy` has it: whatever the component takes
type Module = { default: ComponentType<any> };

interface Later<Loaded extends Module> {
  Page: LazyExoticComponent<Loaded["default"]>;
  /** Loads it before it is drawn. */
  load: () => Promise<Loaded>;
}

/**
 * A component whose code comes when it is needed, or was asked for before. What has come already is drawn at once:
 * React shows a fallback for code that is not there within a moment, and holds back for 300 ms what follows one.
 */
export function later<Loaded extends Module>(get: () => Promise<Loaded>): Later<Loaded> {
  let coming: Promise<Loaded> | undefined;
  const load = () =>
    (coming ??= get().catch((error: unknown) => {
      coming = undefined; // whoever needs it next asks again
      throw error;
    }));
  return { Page: lazy(load), load };
}
