"""What the canvas has besides steps and links: boxes, order, notes, the palette, the outline, a phone (ED-1, ED-5)."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.builder import Builder
from tests.e2e.conftest import PHONE
from tests.e2e.test_accessibility import objections


def places(builder: Builder, identity: str) -> dict[str, list[int]]:
    """Where the steps stand, on the server."""
    builder.is_saved()
    nodes: dict[str, list[int]] = builder.draft(identity)["layout"]["nodes"]
    return nodes


def note(builder: Builder) -> Locator:
    return builder.page.get_by_role("note", name="Note")


def run_command(builder: Builder, text: str) -> None:
    """By the command palette: the first one that fits."""
    builder.page.keyboard.press("Control+k")
    builder.page.keyboard.type(text)
    builder.page.keyboard.press("Enter")


def test_steps_in_a_box_are_chosen_and_put_in_order(builder: Builder) -> None:
    builder.import_example("ordered")
    builder.open("/chatbots/ordered", "Pizza order")
    before = places(builder, "ordered")
    canvas = builder.page.locator(".react-flow__pane").bounding_box()
    assert canvas is not None
    builder.press("Draw a box to choose several")
    builder.page.mouse.move(canvas["x"] + 3, canvas["y"] + 3)
    builder.page.mouse.down()
    builder.page.mouse.move(canvas["x"] + canvas["width"] - 3, canvas["y"] + canvas["height"] - 3, steps=5)
    builder.page.mouse.up()
    bar = builder.page.get_by_role("toolbar", name="chosen steps")
    bar.get_by_role("button", name="Align at the top").click()
    after = places(builder, "ordered")
    assert {top for _, top in after.values()} == {min(top for _, top in before.values())}
    assert {key: left for key, (left, _) in after.items()} == {key: left for key, (left, _) in before.items()}
    builder.press("Undo")
    assert places(builder, "ordered") == before


def test_notes_are_written_moved_and_deleted_by_mouse_and_by_keys(builder: Builder) -> None:
    builder.import_example("noted")
    builder.open("/chatbots/noted", "Pizza order")
    expect(builder.node("Greet and ask")).to_be_visible()
    nodes = builder.draft("noted")["nodes"]
    notes_before = builder.draft("noted")["layout"].get("notes", [])
    builder.press("Add a note")
    expect(builder.page.get_by_label("What the note says")).to_be_focused()
    builder.page.keyboard.type("Ask Maria about prices")
    builder.page.keyboard.press("Escape")
    mine = note(builder).filter(has_text="Ask Maria")
    expect(mine).to_be_visible()
    builder.is_saved()
    (written,) = builder.draft("noted")["layout"]["notes"][len(notes_before) :]
    assert written["text"] == "Ask Maria about prices"
    # by keys: it has the focus and is chosen
    builder.page.keyboard.press("ArrowRight")
    builder.is_saved()
    assert builder.draft("noted")["layout"]["notes"][-1]["at"][0] > written["at"][0]
    builder.page.keyboard.press("Enter")
    expect(builder.page.get_by_label("What the note says")).to_be_focused()
    builder.page.keyboard.press("End")
    builder.page.keyboard.type("!")
    builder.page.keyboard.press("Escape")
    expect(mine).to_contain_text("!")
    builder.page.keyboard.press("Delete")
    expect(mine).to_have_count(0)
    builder.press("Undo")
    expect(mine).to_be_visible()
    builder.is_saved()
    assert builder.draft("noted")["nodes"] == nodes


def test_the_palette_does_everything_and_goes_everywhere(builder: Builder) -> None:
    builder.import_example("commanded")
    builder.open("/chatbots/commanded", "Pizza order")
    expect(builder.node("Greet and ask")).to_be_visible()
    run_command(builder, "add: ask a question")
    expect(builder.panel.get_by_label("What it says")).to_be_focused()
    builder.press("Close")
    run_command(builder, "go to greet and ask")
    expect(builder.panel.get_by_label("Name")).to_have_value("Greet and ask")
    builder.press("Close")
    run_command(builder, "undo")
    builder.is_saved()
    assert [node["step"]["type"] for node in builder.draft("commanded")["nodes"] if "step" in node][
        -1
    ] != "ask_question"
    builder.page.keyboard.press("Control+k")
    assert objections(builder.page) == []
    builder.page.keyboard.press("Escape")
    expect(builder.dialog).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_outline_tells_and_changes_what_the_canvas_shows(new_workspace: Any, theme: str) -> None:
    workspace = new_workspace(theme=theme)
    builder = Builder(workspace.page, workspace.server)
    identity = f"listed-{theme}"
    builder.import_example(identity)
    builder.open(f"/chatbots/{identity}", "Pizza order")
    builder.press("Show as a list")
    outline = builder.page.get_by_role("region", name="The chatbot as a list")
    items = outline.locator("ol > li")
    assert items.count() == len(builder.draft(identity)["nodes"])
    builder.page.mouse.move(5, 5)  # the name of the button under it goes
    expect(builder.page.get_by_role("tooltip")).to_have_count(0)
    assert objections(builder.page) == []
    first = items.first
    expect(first).to_contain_text("Greet and ask")
    first.get_by_role("button", name="Add an action after Greet and ask: Goes on to").click()
    expect(builder.panel.get_by_label("What it says")).to_be_focused()
    builder.panel.get_by_label("Name").fill("Added in the list")
    builder.page.keyboard.press("Escape")
    expect(outline.get_by_role("button", name="Added in the list", exact=True)).to_be_focused()
    added = items.filter(has=builder.page.get_by_role("button", name="Added in the list", exact=True))
    added.get_by_role("button", name="Connect Added in the list: Goes on to to another step").click()
    builder.page.keyboard.type("greet and ask")
    builder.page.keyboard.press("Enter")
    expect(added.get_by_role("button", name="Go to Greet and ask")).to_be_visible()
    builder.is_saved()
    new = builder.draft(identity)["nodes"][-1]
    assert (new["label"], new["next"]) == ("Added in the list", [builder.draft(identity)["nodes"][0]["id"]])
    first.get_by_role("button", name="Disconnect Greet and ask: Goes on to from Added in the list").click()
    added.get_by_role("button", name="Delete Added in the list").click()
    expect(added).to_have_count(0)
    builder.press("Show as a graph")
    expect(builder.node("Greet and ask")).to_be_visible()


def test_the_plus_is_there_where_nothing_follows_and_plain_with_the_pointer_and_the_focus(builder: Builder) -> None:
    builder.import_example("pointed")
    builder.open("/chatbots/pointed", "Pizza order")
    expect(builder.node("Greet and ask")).to_be_visible()
    last = (
        builder.page.locator(".react-flow__node")
        .filter(has=builder.page.locator("[aria-label='Add what comes next']"))
        .first
    )
    plus = last.locator("[aria-label='Add what comes next']")
    expect(plus).to_have_css("opacity", "0.6")
    last.hover()
    expect(plus).to_have_css("opacity", "1")
    builder.page.mouse.move(5, 5)
    expect(plus).to_have_css("opacity", "0.6")
    last.focus()
    builder.page.keyboard.press("Tab")
    expect(plus).to_be_focused()
    expect(plus).to_have_css("opacity", "1")
    builder.page.keyboard.press("Enter")
    expect(builder.page.get_by_role("menuitem", name="Add action")).to_be_focused()


def test_the_tools_stay_where_they_are_while_work_is_saved(builder: Builder) -> None:
    builder.import_example("steady-tools")
    builder.open("/chatbots/steady-tools", "Pizza order")
    expect(builder.node("Greet and ask")).to_be_visible()
    canvas = builder.page.locator(".react-flow").bounding_box()
    builder.page.context.set_offline(True)
    builder.press("Add a note")
    expect(builder.page.get_by_text("No connection: kept in this browser")).to_be_visible()
    assert builder.page.locator(".react-flow").bounding_box() == canvas
    builder.page.context.set_offline(False)


def test_on_a_phone_the_canvas_has_room_and_the_panel_is_pulled(new_workspace: Any) -> None:
    workspace = new_workspace(size=PHONE)
    builder = Builder(workspace.page, workspace.server)
    builder.import_example("phoned")
    builder.open("/chatbots/phoned", "Pizza order")
    canvas = builder.page.locator(".react-flow").bounding_box()
    assert canvas is not None
    assert canvas["height"] >= 0.7 * PHONE[1]
    assert builder.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    builder.node("Greet and ask").click()
    grip = builder.page.get_by_role("button", name="Make it larger")
    panel = builder.panel.bounding_box()
    node = builder.node("Greet and ask").bounding_box()
    assert panel is not None
    assert node is not None
    assert node["y"] + node["height"] <= panel["y"]
    assert panel["y"] > canvas["y"] + 0.3 * canvas["height"]
    grip.click()
    expect(builder.page.get_by_role("button", name="Make it smaller")).to_be_visible()
    for _ in range(2):
        handle = builder.panel.get_by_role("button", name="Make it").bounding_box()
        assert handle is not None
        builder.page.mouse.move(handle["x"] + 20, handle["y"] + 10)
        builder.page.mouse.down()
        builder.page.mouse.move(handle["x"] + 20, handle["y"] + 150, steps=4)
        builder.page.mouse.up()
    expect(builder.panel).to_have_count(0)
    assert objections(builder.page) == []
