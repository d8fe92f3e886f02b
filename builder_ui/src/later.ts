import { type ComponentProps, type ComponentType, createElement, type FunctionComponent, lazy, useState } from "react";

// as React's own `lazy` has it: whatever the component takes
type Module = { default: ComponentType<any> };

interface Later<Loaded extends Module> {
  Page: FunctionComponent<ComponentProps<Loaded["default"]>>;
  /** Loads it before it is drawn. */
  load: () => Promise<Loaded>;
}

/**
 * A component whose code comes when it is needed, or was asked for before. What has come already is drawn at once, which
 * React's own `lazy` does not do: it shows a fallback first, and holds back for 300 ms what follows one.
 */
export function later<Loaded extends Module>(get: () => Promise<Loaded>): Later<Loaded> {
  let coming: Promise<Loaded> | undefined;
  let come: Loaded | undefined;
  const load = () =>
    (coming ??= get().then(
      (loaded) => (come = loaded),
      (error: unknown) => {
        coming = undefined; // whoever needs it next asks again
        throw error;
      },
    ));
  const Coming = lazy(load);
  function Page(props: ComponentProps<Loaded["default"]>) {
    const [Shown] = useState<ComponentType<any>>(() => come?.default ?? Coming);
    return createElement(Shown, props);
  }
  return { Page, load };
}
