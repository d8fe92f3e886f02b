import { type ReactNode, useLayoutEffect, useRef, useState } from "react";

/** What comes and goes while somebody works: the room that it has taken stays, so that nothing moves when it goes. */
export function KeptRoom({ children }: { children: ReactNode }) {
  const inside = useRef<HTMLSpanElement>(null);
  const [most, setMost] = useState(0);
  useLayoutEffect(() => {
    const height = inside.current?.offsetHeight ?? 0;
    if (height > most) setMost(height);
  });
  if (most === 0 && !children) return null;
  return (
    <span style={{ display: "block", minHeight: most }}>
      <span ref={inside} style={{ display: "flow-root" }}>
        {children}
      </span>
    </span>
  );
}

/** What is said below a field, in its kept room; undefined as long as nothing ever was. */
export function useKeptRoom(said: ReactNode): ReactNode {
  const [wasSaid, setWasSaid] = useState(false);
  const isSaid = said !== undefined && said !== null;
  if (isSaid && !wasSaid) setWasSaid(true);
  return isSaid || wasSaid ? <KeptRoom>{said}</KeptRoom> : undefined;
}
