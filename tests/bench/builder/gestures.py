"""What people do with a mouse on a page of nodes, and how long its frames take meanwhile."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias

from playwright.sync_api import Page

from tests.bench.peers.install import TARGET

PROBE: Final = (Path(__file__).parent / "probe.js").read_text()
FRAME_SECONDS: Final = 1 / 60
RADIUS: Final = 120
WHEEL: Final = 100
READABLE: Final = 0.8
POINTS: Final = 2000
ACROSS: Final = 25
APART: Final = (16, 5)
"""Pixels between the points where a node is looked for: a node far away is about 20 wide and 7 high."""
STEPS_OF_ZOOM: Final = 12
LOST: Final = TARGET / "lost.png"
Point: TypeAlias = tuple[float, float]

IS_NODE: Final = "([x, y]) => Boolean(document.elementFromPoint(x, y)?.closest('.react-flow__node'))"
EMPTY_PLACE: Final = """() => {
  const { left, top, width, height } = document.querySelector('.react-flow').getBoundingClientRect()
  for (let step = 0; step < 10000; step++) {
    const x = left + width / 2 + (step % 100) * 2 - 100, y = top + height / 2 + Math.floor(step / 100) * 2 - 100
    if (document.elementFromPoint(x, y)?.matches('.react-flow__pane')) return { x, y }
  }
}"""
ZOOM: Final = "() => new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')).transform).a"


class Canvas:
    """A page with React Flow on it, ours or bare."""

    def __init__(self, page: Page, seconds: float) -> None:
        self.page = page
        self._seconds = seconds
        page.add_init_script(PROBE)

    def open(self, url: str) -> float:
        """Come to an address; milliseconds until the first node is drawn."""
        self.page.goto(url, wait_until="commit")
        return float(self.page.evaluate("probe.drawn"))

    def show_all(self) -> None:
        """From so far away that all of it is in view."""
        self.page.locator(".react-flow__controls-fitview").click()
        self._settle()

    def zoom_in(self) -> None:
        """To about the size in which nodes are read."""
        self.page.mouse.move(*self._middle())
        while float(self.page.evaluate(ZOOM)) < READABLE:
            self.page.mouse.wheel(0, -WHEEL * 2)
            self._settle()

    def drag_a_node(self) -> float:
        """Around in a circle, and let it go elsewhere; the 95th percentile of the frames, in milliseconds."""
        place = self._point_at_a_node()
        return self._frames(lambda: self._drag(place))

    def pan(self) -> float:
        """The same, for the canvas itself."""
        place = self.page.evaluate(EMPTY_PLACE)
        return self._frames(lambda: self._drag((place["x"], place["y"])))

    def zoom(self) -> float:
        """In and out again by the wheel; the 95th percentile of the frames."""

        def wheel() -> None:
            for number in self._while_it_lasts():
                self.page.mouse.wheel(0, WHEEL if number // STEPS_OF_ZOOM % 2 else -WHEEL)
                self.page.wait_for_timeout(FRAME_SECONDS * 1000)

        self.page.mouse.move(*self._middle())
        return self._frames(wheel)

    def _point_at_a_node(self) -> Point:
        """Move the pointer on around the middle until a node is under it: from far away ours come to hand only then."""
        x, y = self._middle()
        left, top = x - ACROSS * APART[0] / 2, y - POINTS // ACROSS * APART[1] / 2
        for step in range(POINTS):
            place = left + step % ACROSS * APART[0], top + step // ACROSS * APART[1]
            self.page.mouse.move(*place)
            if self.page.evaluate(IS_NODE, place):
                self.page.mouse.move(place[0] + 2, place[1] + 2)
                self._settle()
                return place[0] + 2, place[1] + 2
        self.page.screenshot(path=LOST)
        raise RuntimeError(f"there is no node near the middle at a zoom of {self.page.evaluate(ZOOM)}: {LOST}")

    def _drag(self, start: Point) -> None:
        x, y = start
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        for number in self._while_it_lasts():
            angle = number / 12
            self.page.mouse.move(x + RADIUS * math.sin(angle), y + RADIUS * (1 - math.cos(angle)))
        self.page.mouse.move(x + RADIUS, y + RADIUS)
        self.page.mouse.up()

    def _while_it_lasts(self) -> Iterator[int]:
        number, end = 0, time.monotonic() + self._seconds
        while number < 2 or time.monotonic() < end:
            yield number
            number += 1

    def _frames(self, gesture: Callable[[], None]) -> float:
        self.page.evaluate("probe.watch()")
        gesture()
        # what the gesture has left to do belongs to it
        self._settle()
        return percentile(self.page.evaluate("probe.gaps()"))

    def _settle(self) -> None:
        self.page.evaluate("probe.once(() => true).then(() => probe.once(() => true))")

    def _middle(self) -> Point:
        box: dict[str, Any] | None = self.page.locator(".react-flow").bounding_box()  # type: ignore[assignment]  # a TypedDict
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def percentile(values: list[float], share: float = 0.95) -> float:
    """The value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(len(ordered) * share) - 1)] if ordered else 0.0
