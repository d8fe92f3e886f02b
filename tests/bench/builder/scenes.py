"""What is measured: nodes drawn and moved, and what only the builder does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from playwright.sync_api import Page

from tests.bench.builder.figures import Figure
from tests.bench.builder.gestures import Canvas
from tests.bench.builder.graph import scenario_of
from tests.bench.builder.stage import Stage
from tests.bench.measure import Plan

SIZES: Final = (1000, 5000)
GESTURE_SECONDS: Final = 1.5
FRAME: Final = 33.5
"""Two frames of 60 a second, and what the browser's clock is off by."""
PAINT: Final = {1000: 1000.0, 5000: 2000.0}
MOST: Final[Mapping[str, float]] = {
    "dragging a step": FRAME,
    "panning": FRAME,
    "zooming": FRAME,
    "zoomed out: dragging a step": FRAME,
    "zoomed out: panning": FRAME,
    "zoomed out: zooming": FRAME,
    "undo of a move": 50,
    "search, the slowest key": 100,
    "tidying up": 5000,
    "longest block while tidying up": 100,
    "undo of tidying up": 50,
}
MEANT_FOR_5000: Final = ("dragging a step", "zoomed out: dragging a step")
MOST_TIDIED: Final = 1000
SEARCHED: Final = "question 7"
FIRST_LOAD_KB: Final = 500.0

Rounds = defaultdict[str, list[float]]


def figures(stage: Stage, sizes: Iterable[int], plan: Plan) -> Iterator[Figure]:
    """Everything, for each size."""
    yield Figure(0, "first load of the workspace, over the wire", [first_load(stage)], most=FIRST_LOAD_KB, unit="kB")
    for nodes in sizes:
        yield from of_size(stage, nodes, plan)


def of_size(stage: Stage, nodes: int, plan: Plan) -> Iterator[Figure]:
    """The figures with so many nodes. Ours and the bare page take turns, a new browser each time."""
    seconds = 0.0 if plan.small else GESTURE_SECONDS
    ours, bare = Rounds(list), Rounds(list)
    for _ in range(plan.rounds):
        stage.put("large", scenario_of(nodes))  # a round before has moved steps of it
        with stage.visit(is_signed_in=True) as context:
            page = context.new_page()
            look(Canvas(page, seconds), f"{stage.server.url}/chatbots/large", ours)
            work(page, nodes, ours)
        with stage.visit(is_signed_in=False) as context:
            look(Canvas(context.new_page(), seconds), stage.bare, bare)
    for name, rounds in ours.items():
        yield Figure(nodes, name, rounds, bare[name], goal_of(name, nodes))


def goal_of(name: str, nodes: int) -> float | None:
    """The most that it may take; with more nodes than people have in practice only some of it is asked for."""
    if name.startswith("first paint"):
        return PAINT.get(nodes)
    return MOST.get(name) if nodes <= 1000 or name in MEANT_FOR_5000 else None


def look(canvas: Canvas, url: str, rounds: Rounds) -> None:
    """What both pages do: open, and move nodes and the canvas, near and from far away."""
    rounds["first paint, files not kept yet"].append(canvas.open(url))
    rounds["first paint, files kept"].append(canvas.open(url))
    canvas.zoom_in()
    rounds["dragging a step"].append(canvas.drag_a_node())
    rounds["panning"].append(canvas.pan())
    rounds["zooming"].append(canvas.zoom())
    canvas.show_all()
    rounds["zoomed out: dragging a step"].append(canvas.drag_a_node())
    rounds["zoomed out: panning"].append(canvas.pan())
    rounds["zoomed out: zooming"].append(canvas.zoom())


def work(page: Page, nodes: int, rounds: Rounds) -> None:
    """What only the builder does. Tidying up is left out where it takes more than a minute."""
    rounds["undo of a move"].append(undo(page))
    rounds["search, the slowest key"].append(max(search(page)))
    if nodes > MOST_TIDIED:
        return
    rounds["tidying up"].append(tidy(page))
    rounds["longest block while tidying up"].append(page.evaluate("probe.longestBlock()"))
    rounds["undo of tidying up"].append(undo(page))


IS_UNDONE: Final = "() => !document.querySelector('button[aria-label=\"Do it again\"]').disabled"
IS_DONE: Final = IS_UNDONE.replace("!", "")
"""What is done after something was undone leaves nothing to be done again."""


def undo(page: Page) -> float:
    """From the key to the nodes drawn where they were."""
    page.evaluate(f"measured = probe.after('keydown', {IS_UNDONE}); 0")
    page.keyboard.press("Control+z")
    return float(page.evaluate("measured"))


def search(page: Page) -> Iterator[float]:
    """From each key to what is found drawn."""
    page.keyboard.press("Control+f")
    page.get_by_role("combobox", name="Find").wait_for()
    for key in SEARCHED:
        page.evaluate("written = document.activeElement.value; 0")
        page.evaluate("measured = probe.after('keydown', () => document.activeElement.value !== written); 0")
        page.keyboard.press(key)
        yield float(page.evaluate("measured"))
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")


def tidy(page: Page) -> float:
    """From the click to the nodes drawn where they belong."""
    page.evaluate("probe.watch()")
    page.evaluate(f"measured = probe.after('click', {IS_DONE}); 0")
    page.get_by_role("button", name="Tidy up").click()
    return float(page.evaluate("measured"))


def first_load(stage: Stage) -> float:
    """Kilobytes that come over the wire before the editor does: files, headers and answers of the API."""
    sizes: list[float] = []
    with stage.visit(is_signed_in=True) as context:
        page = context.new_page()
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda loaded: sizes.append(loaded["encodedDataLength"]))
        page.goto(f"{stage.server.url}/chatbots")
        page.get_by_role("heading", name="Chatbots", level=1).wait_for()
        page.wait_for_load_state("networkidle")
        return sum(sizes) / 1000
