import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";

/**
 * What comes and goes while somebody works: the room that it has taken stays, so that nothing moves under their hands when
 * it goes. It is given back with a press on something before it, which stays where it is.
 */
export function KeptRoom({ children }: { children: ReactNode }) {
  const room = useRef<HTMLSpanElement>(null);
  const inside = useRef<HTMLSpanElement>(null);
  const [most, setMost] = useState(0);
  useLayoutEffect(() => {
    const height = inside.current?.offsetHeight ?? 0;
    if (height > most) setMost(height);
  });
  const isLeft = most > 0 && !children;
  useEffect(() => {
    if (!isLeft) return undefined;
    const giveBack = ({ target }: MouseEvent) => room.current && isBefore(target, room.current) && setMost(0);
    window.addEventListener("click", giveBack);
    return () => window.removeEventListener("click", giveBack);
  }, [isLeft]);
  if (most === 0 && !children) return null;
  return (
    <span ref={room} style={{ display: "block", minHeight: most }}>
      <span ref={inside} style={{ display: "flow-root" }}>
        {children}
      </span>
    </span>
  );
}

const isBefore = (one: EventTarget | null, other: Node) => one instanceof Node && Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

/** What is said below a field, in its kept room; undefined as long as nothing ever was. */
export function useKeptRoom(said: ReactNode): ReactNode {
  const [wasSaid, setWasSaid] = useState(false);
  const isSaid = said !== undefined && said !== null;
  if (isSaid && !wasSaid) setWasSaid(true);
  return isSaid || wasSaid ? <KeptRoom>{said}</KeptRoom> : undefined;
}
