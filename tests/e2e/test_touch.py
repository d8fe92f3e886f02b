"""The canvas by fingers, on a phone: it is panned, steps are opened, edited, moved, and asked for their menu (ED-1)."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.builder import Builder
from tests.e2e.conftest import PHONE
from tests.e2e.workspace import NewWorkspace


class Touched(Builder):
    """The builder, touched by one finger."""

    def finger(self, kind: str, *place: tuple[float, float]) -> None:
        """`touchStart`, `touchMove` or `touchEnd` where the finger is."""
        points = [{"x": x, "y": y} for x, y in place]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def drag(self, begin: tuple[float, float], by: tuple[float, float]) -> None:
        self.finger("touchStart", begin)
        for part in range(1, 6):
            self.finger("touchMove", (begin[0] + by[0] * part / 5, begin[1] + by[1] * part / 5))
        self.finger("touchEnd")

    def place_of(self, name: str) -> tuple[float, float]:
        """The middle of a step's header on the screen."""
        box = self.node(name).bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + 12

    @property
    def session(self) -> Any:
        if not hasattr(self, "_session"):
            self._session = self.page.context.new_cdp_session(self.page)
        return self._session


@pytest.fixture
def touched(new_workspace: NewWorkspace) -> Touched:
    workspace = new_workspace(size=PHONE, is_touched=True)
    return Touched(workspace.page, workspace.server)


def opened(touched: Touched, identity: str) -> None:
    touched.import_example(identity)
    touched.open(f"/chatbots/{identity}", "Pizza order")
    expect(touched.node("Greet and ask")).to_be_visible()


def test_the_canvas_is_panned_and_a_step_opened_and_edited(touched: Touched) -> None:
    opened(touched, "fingers")
    left, top = touched.place_of("Greet and ask")
    places = touched.draft("fingers")["layout"]["nodes"]
    canvas = touched.page.locator(".react-flow").bounding_box()
    assert canvas is not None
    touched.drag((canvas["x"] + 200, canvas["y"] + 60), (-40, 80))
    expect(touched.panel).to_have_count(0)
    now = touched.place_of("Greet and ask")
    assert now[0] - left == pytest.approx(-40, abs=15)
    assert now[1] - top == pytest.approx(80, abs=15)
    touched.page.touchscreen.tap(*now)
    name = touched.panel.get_by_label("Name")
    expect(name).to_have_value("Greet and ask")
    name.fill("Say hello")
    expect(touched.node("Say hello")).to_be_visible()
    touched.is_saved()
    draft = touched.draft("fingers")
    assert draft["nodes"][0]["label"] == "Say hello"
    assert draft["layout"]["nodes"] == places


def test_a_step_is_moved_by_a_finger(touched: Touched) -> None:
    opened(touched, "moved-by-finger")
    before = touched.draft("moved-by-finger")["layout"]["nodes"]
    touched.drag(touched.place_of("Greet and ask"), (60, 100))
    touched.press("Undo")  # of one gesture
    touched.is_saved()
    assert touched.draft("moved-by-finger")["layout"]["nodes"] == before
    touched.press("Do it again")
    touched.is_saved()
    after = touched.draft("moved-by-finger")["layout"]["nodes"]
    (moved,) = [identity for identity in after if after[identity] != before[identity]]
    assert moved == touched.draft("moved-by-finger")["nodes"][0]["id"]


def test_a_finger_that_stays_asks_for_the_menu(touched: Touched) -> None:
    opened(touched, "pressed-long")
    menu = touched.page.get_by_role("menu", name="What can be done with this step")
    touched.finger("touchStart", touched.place_of("Greet and ask"))
    expect(menu).to_be_visible()
    touched.finger("touchEnd")
    menu.get_by_role("menuitem", name="Duplicate").tap()
    expect(menu).to_have_count(0)
    expect(touched.node("Greet and ask")).to_have_count(2)
    expect(touched.panel).to_have_count(0)
    canvas = touched.page.locator(".react-flow").bounding_box()
    assert canvas is not None
    touched.finger("touchStart", (canvas["x"] + 200, canvas["y"] + 60))
    expect(touched.page.get_by_role("menu", name="What can be done here")).to_be_visible()
    touched.finger("touchEnd")
    touched.page.get_by_role("menuitem", name="Add a note here").tap()
    expect(touched.page.get_by_label("What the note says")).to_be_focused()
