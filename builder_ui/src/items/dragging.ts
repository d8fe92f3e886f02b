import type { PointerEvent } from "react";

/** So near to where the list is cut off it is scrolled along, in pixels. */
const EDGE = 40;
/** How far it is scrolled with each frame, in pixels. */
const PACE = 8;

/**
 * An item of a list follows the pointer from its handle; the others make room. `drop` is told where it is let go, when that
 * is elsewhere: once for each gesture. Escape leaves all as it was, and so does a list that has become another one meanwhile.
 */
export function dragItem({ currentTarget: handle, pointerId, clientY: begin, button }: PointerEvent<HTMLElement>, drop: (to: number) => void): void {
  const item = handle.closest("li");
  const list = item?.parentElement;
  if (!item || !list || button !== 0 || handle.matches(":disabled")) return;
  const items = Array.from(list.children) as HTMLElement[];
  const boxes = items.map((one) => one.getBoundingClientRect());
  const from = items.indexOf(item);
  const scroller = scrollerOf(item);
  const scrolled = scroller.scrollTop;
  let [at, to] = [begin, from];
  const place = () => {
    const by = withinList(boxes, from, at - begin + scroller.scrollTop - scrolled);
    to = indexOfDragged(boxes, from, by);
    const room = boxes[from]!.height + gapOf(boxes);
    items.forEach((one, index) => shiftBy(one, index === from ? by : roomFor(index, from, to) * room));
  };
  let stop: (() => void) | undefined;
  const follow = ({ clientY }: { clientY: number }) => {
    at = clientY;
    place();
    stop ??= scrollAlong(scroller, () => at, place);
  };
  const end = ({ type }: Event) => {
    stop?.();
    ends.abort();
    items.forEach((one) => shiftBy(one, 0));
    delete item.dataset.dragged;
    const isSame = list.isConnected && list.children.length === items.length && items.every((one, index) => list.children[index] === one);
    if (type === "pointerup" && to !== from && isSame) drop(to);
  };
  const cancel = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation(); // the panel stays open
    end(event);
  };
  const ends = new AbortController();
  const { signal } = ends;
  handle.setPointerCapture(pointerId);
  handle.addEventListener("pointermove", follow, { signal });
  handle.addEventListener("pointerup", end, { signal });
  handle.addEventListener("pointercancel", end, { signal });
  window.addEventListener("keydown", cancel, { signal, capture: true });
  item.dataset.dragged = "";
}

/** Scrolls for as long as the pointer is near where the list is cut off, though it rests; to be stopped by what comes back. */
function scrollAlong(scroller: HTMLElement, at: () => number, scrolled: () => void): () => void {
  let frame = requestAnimationFrame(function scroll() {
    frame = requestAnimationFrame(scroll);
    const { top, bottom } = scroller.getBoundingClientRect();
    const pace = paceAt(at(), Math.max(top, 0), Math.min(bottom, innerHeight));
    if (pace === 0) return;
    scroller.scrollTop += pace;
    scrolled();
  });
  return () => cancelAnimationFrame(frame);
}

/** How far a list is scrolled with the next frame, whose part from `top` to `bottom` is seen. */
export function paceAt(at: number, top: number, bottom: number): number {
  if (at < top + EDGE) return -PACE;
  return at > bottom - EDGE ? PACE : 0;
}

const shiftBy = (item: HTMLElement, by: number) => {
  item.style.transform = by === 0 ? "" : `translateY(${by}px)`;
};

/** Which way an item makes room for one that goes from one place to another. */
function roomFor(index: number, from: number, to: number): -1 | 0 | 1 {
  if (index > from && index <= to) return -1;
  return index < from && index >= to ? 1 : 0;
}

interface Box {
  top: number;
  bottom: number;
  height: number;
}

const middleOf = ({ top, bottom }: Box) => (top + bottom) / 2;
const gapOf = ([one, other]: readonly Box[]) => (one && other ? other.top - one.bottom : 0);

/** How far an item is dragged at the most: beyond its list it would make what is scrolled ever longer. */
export function withinList(boxes: readonly Box[], from: number, by: number): number {
  const { top, bottom } = boxes[from]!;
  return Math.max(boxes[0]!.top - top, Math.min(by, boxes.at(-1)!.bottom - bottom));
}

/** The place in the list where an item is that was dragged so far: beyond the middles of those that its edge has passed. */
export function indexOfDragged(boxes: readonly Box[], from: number, by: number): number {
  const [top, bottom] = [boxes[from]!.top + by, boxes[from]!.bottom + by];
  return boxes.filter((box, index) => index !== from && middleOf(box) < (index < from ? top : bottom)).length;
}

/** What scrolls the list. */
function scrollerOf(element: HTMLElement): HTMLElement {
  for (let one = element.parentElement; one; one = one.parentElement) {
    if (one.scrollHeight > one.clientHeight && /auto|scroll/.test(getComputedStyle(one).overflowY)) return one;
  }
  return document.documentElement;
}
