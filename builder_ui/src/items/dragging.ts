import type { PointerEvent } from "react";

/** So near to where the list is cut off it is scrolled along, in pixels. */
const EDGE = 40;
const PACE = 12;

/**
 * An item of a list follows the pointer from its handle; the others make room. `drop` is told where it is let go, when that
 * is elsewhere: once for each gesture.
 */
export function dragItem({ currentTarget: handle, pointerId, clientY: begin, button }: PointerEvent<HTMLElement>, drop: (to: number) => void): void {
  const item = handle.closest("li");
  if (!item?.parentElement || button !== 0 || handle.matches(":disabled")) return;
  const items = Array.from(item.parentElement.children) as HTMLElement[];
  const boxes = items.map((one) => one.getBoundingClientRect());
  const from = items.indexOf(item);
  const scroller = scrollerOf(item);
  const scrolled = scroller.scrollTop;
  let to = from;
  const follow = ({ clientY }: { clientY: number }) => {
    const { top, bottom } = scroller.getBoundingClientRect();
    if (clientY < top + EDGE) scroller.scrollTop -= PACE;
    if (clientY > bottom - EDGE) scroller.scrollTop += PACE;
    const by = clientY - begin + scroller.scrollTop - scrolled;
    to = placeOf(boxes, from, by);
    const room = boxes[from]!.height + gapOf(boxes);
    items.forEach((one, index) => {
      const shift = index === from ? by : index > from && index <= to ? -room : index < from && index >= to ? room : 0;
      one.style.transform = `translateY(${shift}px)`;
    });
  };
  const end = ({ type }: Event) => {
    for (const one of items) one.style.transform = "";
    delete item.dataset.dragged;
    ends.abort();
    if (type === "pointerup" && to !== from) drop(to);
  };
  const ends = new AbortController();
  const { signal } = ends;
  handle.setPointerCapture(pointerId);
  handle.addEventListener("pointermove", follow, { signal });
  handle.addEventListener("pointerup", end, { signal });
  handle.addEventListener("pointercancel", end, { signal });
  item.dataset.dragged = "";
}

interface Box {
  top: number;
  bottom: number;
  height: number;
}

const middleOf = ({ top, bottom }: Box) => (top + bottom) / 2;
const gapOf = ([one, other]: readonly Box[]) => (one && other ? other.top - one.bottom : 0);

/** The place in the list where an item is that was dragged so far: beyond the middles of those that its edge has passed. */
export function placeOf(boxes: readonly Box[], from: number, by: number): number {
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
