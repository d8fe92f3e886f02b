"""The menu of the canvas: by the right button, by keys, and by a finger that stays (ED-5)."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.bench.builder.graph import scenario_of
from tests.e2e.builder import Builder
from tests.e2e.test_accessibility import objections


def opened(builder: Builder, identity: str) -> Builder:
    builder.import_example(identity)
    builder.open(f"/chatbots/{identity}", "Pizza order")
    expect(builder.node("Greet and ask")).to_be_visible()
    return builder


def menu(builder: Builder) -> Locator:
    return builder.page.get_by_role("menu", name="What can be done")


def lines(builder: Builder) -> list[str]:
    """What the menu has, without keys."""
    expect(menu(builder)).to_be_visible()
    return [line.split("\n")[0] for line in menu(builder).get_by_role("menuitem").all_inner_texts()]


def press_line(builder: Builder, name: str) -> None:
    menu(builder).get_by_role("menuitem", name=name, exact=True).click()
    expect(menu(builder)).to_have_count(0)


def empty_place(builder: Builder) -> dict[str, float]:
    """Where nothing stands: the lower left of the canvas, beside the buttons to zoom."""
    canvas = builder.page.locator(".react-flow__pane").bounding_box()
    assert canvas is not None
    return {"x": 120, "y": canvas["height"] - 40}


def open_on_canvas(builder: Builder) -> None:
    builder.page.locator(".react-flow__pane").click(button="right", position=empty_place(builder))  # type: ignore[arg-type]  # a TypedDict of the same


def stands_where_one_pointed(builder: Builder, thing: Locator) -> None:
    expect(thing).to_be_visible()
    canvas, box = builder.page.locator(".react-flow__pane").bounding_box(), thing.bounding_box()
    assert canvas is not None
    assert box is not None
    there = empty_place(builder)
    assert abs(box["x"] - canvas["x"] - there["x"]) < 30
    assert abs(box["y"] - canvas["y"] - there["y"]) < 30


def test_a_step_has_what_can_be_done_with_it(builder: Builder) -> None:
    opened(builder, "pointed-at")
    nodes = builder.draft("pointed-at")["nodes"]
    builder.node("Greet and ask").click(button="right")
    assert lines(builder) == [
        "Open",
        "Try it from here",
        "Add an action after it",
        "Add a condition after it",
        "Copy",
        "Cut",
        "Duplicate",
        "Choose all that comes after",
        "Delete",
    ]
    # whatever axe says of a menu of this kind, which stands beside the page's landmarks
    assert {rule for rule, *_ in objections(builder.page)} <= {"region"}
    press_line(builder, "Duplicate")
    builder.is_saved()
    assert len(builder.draft("pointed-at")["nodes"]) == len(nodes) + 1
    builder.press("Undo")
    builder.node("Greet and ask").click(button="right")
    press_line(builder, "Open")
    expect(builder.panel.get_by_label("Name")).to_have_value("Greet and ask")
    builder.press("Close")
    builder.node("Greet and ask").click(button="right")
    press_line(builder, "Delete")
    expect(builder.node("Greet and ask")).to_have_count(0)


def test_what_is_cut_is_pasted_where_one_points(builder: Builder) -> None:
    opened(builder, "cut-out")
    builder.node("Greet and ask").click(button="right")
    press_line(builder, "Cut")
    expect(builder.node("Greet and ask")).to_have_count(0)
    open_on_canvas(builder)
    press_line(builder, "Paste here")
    stands_where_one_pointed(builder, builder.node("Greet and ask"))


def test_the_empty_canvas_takes_steps_and_notes_where_one_points(builder: Builder) -> None:
    opened(builder, "taken-in")
    builder.node("Greet and ask").click(button="right")
    builder.page.keyboard.press("Escape")
    open_on_canvas(builder)  # which lets go of the step
    assert lines(builder) == [
        "Add an action here",
        "Add a condition here",
        "Add a note here",
        "Paste here",
        "Choose all",
        "Show all",
        "Tidy up",
    ]
    press_line(builder, "Add a note here")
    expect(builder.page.get_by_label("What the note says")).to_be_focused()
    builder.page.keyboard.type("Ask Maria")
    builder.page.keyboard.press("Escape")
    note = builder.page.get_by_role("note", name="Note").filter(has_text="Ask Maria")
    stands_where_one_pointed(builder, note)
    note.click(button="right")
    assert lines(builder) == ["Write", "Copy", "Cut", "Duplicate", "Delete"]
    press_line(builder, "Duplicate")
    expect(note).to_have_count(2)
    builder.is_saved()
    before, after = builder.draft("taken-in")["layout"]["notes"][-2:]
    assert after["text"] == before["text"]
    assert after["at"] != before["at"]
    builder.press("Undo")
    expect(note).to_have_count(1)
    for line, name in (("Add an action here", "Message"), ("Add a condition here", "Condition")):
        identity = f"taken-in-{name.lower()}"
        opened(builder, identity)  # each anew: the panel of a step that comes moves the canvas
        nodes = builder.draft(identity)["nodes"]
        open_on_canvas(builder)
        press_line(builder, line)
        expect(builder.panel.get_by_label("Name", exact=True)).to_have_value(name)
        builder.is_saved()
        *others, added = builder.draft(identity)["nodes"]
        assert added["label"] == name
        assert others == nodes  # it comes after none of them
        assert builder.draft(identity)["layout"]["nodes"][added["id"]] == pytest.approx(before["at"], abs=20)


def test_several_that_are_chosen_have_a_menu_of_their_own(builder: Builder) -> None:
    opened(builder, "several-at-once")
    builder.node("Greet and ask").click(button="right")
    press_line(builder, "Choose all that comes after")
    expect(builder.page.get_by_role("toolbar", name="chosen steps")).to_be_visible()
    builder.node("Greet and ask").click(button="right")
    assert lines(builder) == ["Copy", "Cut", "Duplicate", "Choose all that comes after", "Delete"]
    chosen = builder.page.locator(".react-flow__node.selected").count()
    nodes = len(builder.draft("several-at-once")["nodes"])
    press_line(builder, "Delete")
    builder.is_saved()
    assert len(builder.draft("several-at-once")["nodes"]) == nodes - chosen


def test_the_menu_comes_and_goes_by_keys(builder: Builder) -> None:
    opened(builder, "keyed-menu")
    step = builder.node("Greet and ask")
    for keys in ("Shift+F10", "ContextMenu"):
        step.focus()
        builder.page.keyboard.press(keys)
        expect(menu(builder).get_by_role("menuitem", name="Open")).to_be_focused()
        builder.page.keyboard.press("Escape")
        expect(menu(builder)).to_have_count(0)
        expect(step).to_be_focused()
    builder.page.keyboard.press("Shift+F10")
    builder.page.keyboard.press("ArrowDown")
    expect(menu(builder).get_by_role("menuitem", name="Try it from here")).to_be_focused()
    builder.page.keyboard.press("Enter")
    expect(builder.page.get_by_role("complementary", name="Try the chatbot")).to_be_visible()


def test_whoever_only_looks_is_offered_no_changes(builder: Builder) -> None:
    opened(builder, "looked-on")
    builder.page.get_by_role("switch", name="Edit").click()
    builder.node("Greet and ask").click(button="right")
    assert lines(builder) == ["Open", "Try it from here", "Copy", "Choose all that comes after"]
    builder.page.keyboard.press("Escape")
    open_on_canvas(builder)
    assert lines(builder) == ["Choose all", "Show all"]


def test_what_was_copied_is_pasted_where_the_browser_keeps_its_clipboard_to_itself(new_workspace: Any) -> None:
    workspace = new_workspace()
    workspace.page.context.clear_permissions()
    workspace.page.add_init_script("delete Navigator.prototype.clipboard")
    builder = opened(Builder(workspace.page, workspace.server), "without-clipboard")
    builder.node("Greet and ask").click(button="right")
    press_line(builder, "Copy")
    open_on_canvas(builder)
    press_line(builder, "Paste here")
    expect(builder.node("Greet and ask")).to_have_count(2)


def test_keys_ask_for_what_is_chosen_where_it_is_out_of_view(builder: Builder) -> None:
    builder.ask("POST", "/chatbots/import", {"file": scenario_of(40), "id": "out-of-view", "overwrite": True})
    builder.open("/chatbots/out-of-view", "Large")
    step = builder.node("ask_0")
    step.click()
    builder.press("Close")
    pane = builder.page.locator(".react-flow__pane").bounding_box()
    assert pane is not None
    for _ in range(3):
        builder.page.mouse.move(pane["x"] + 100, pane["y"] + 20)
        builder.page.mouse.down()
        builder.page.mouse.move(pane["x"] + pane["width"] - 20, pane["y"] + pane["height"] - 20, steps=3)
        builder.page.mouse.up()
    expect(step).to_have_count(0)
    builder.page.locator("body").press("Shift+F10")
    assert "Try it from here" in lines(builder)
    press_line(builder, "Delete")
    builder.is_saved()
    assert "ask_0" not in [node["id"] for node in builder.draft("out-of-view")["nodes"]]


def test_many_that_are_chosen_have_their_menu_from_far_away(builder: Builder) -> None:
    builder.ask("POST", "/chatbots/import", {"file": scenario_of(200), "id": "far-and-many", "overwrite": True})
    builder.open("/chatbots/far-and-many", "Large")
    expect(builder.node("ask_0")).to_be_visible()
    builder.press("Show all")
    picture = builder.page.locator("canvas[data-overview]")
    expect(picture).to_be_visible()
    builder.page.evaluate("document.activeElement.blur()")
    builder.page.keyboard.press("Control+a")
    expect(builder.page.get_by_role("toolbar", name="chosen steps")).to_be_visible()
    pane = builder.page.locator(".react-flow__pane").bounding_box()
    assert pane is not None
    bottom = pane["y"] + pane["height"] / 2
    for left in range(0, 80, 4):  # a step in the middle of the picture, whose places nobody knows
        builder.page.mouse.move(pane["x"] + pane["width"] / 2 + left, bottom + left / 4)
        if builder.page.locator(".react-flow__node").count():
            break
    builder.page.mouse.down(button="right")
    builder.page.mouse.up(button="right")
    assert lines(builder) == ["Copy", "Cut", "Duplicate", "Choose all that comes after", "Delete"]


def test_text_beside_the_canvas_is_copied_as_text(builder: Builder) -> None:
    opened(builder, "text-copied")
    builder.node("Greet and ask").click()
    title = builder.page.get_by_role("heading", level=1)
    title.select_text()
    builder.page.locator("body").press("Control+c")
    assert builder.page.evaluate("navigator.clipboard.readText()").strip() == title.inner_text()
    builder.node("Greet and ask").click()
    builder.page.keyboard.press("Control+c")
    builder.page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('botflow.nodes/1'))")
