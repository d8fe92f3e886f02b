import { type PointerEvent, useEffect, useMemo } from "react";
import { askForMenu } from "./menu";

const LONG_MS = 500;
/** A finger is never still. */
const STILL = 10;

/** A finger that stays asks for the menu: not every browser does that by itself. */
export function useLongPress() {
  const press = useMemo(longPress, []);
  useEffect(() => press.onPointerUp, [press]);
  return press;
}

function longPress() {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from = { x: 0, y: 0 };
  const end = () => clearTimeout(timer);
  return {
    onPointerDown: ({ pointerType, isPrimary, target, clientX: x, clientY: y }: PointerEvent) => {
      end(); // a second finger zooms
      removeEventListener("click", swallow, true);
      if (pointerType !== "touch" || !isPrimary) return;
      from = { x, y };
      timer = setTimeout(() => {
        // the finger that leaves would press what is below it
        addEventListener("click", swallow, true);
        askForMenu(target as Element, x, y);
      }, LONG_MS);
    },
    onPointerMove: ({ clientX: x, clientY: y }: PointerEvent) => {
      if (Math.hypot(x - from.x, y - from.y) > STILL) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}

function swallow(event: Event): void {
  removeEventListener("click", swallow, true);
  event.stopPropagation();
  event.preventDefault();
}
