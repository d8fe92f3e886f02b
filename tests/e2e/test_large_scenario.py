"""The builder with a thousand steps: opened, looked at from far away, dragged, found (ED-1, ED-5)."""

from playwright.sync_api import Route, expect

from tests.bench.builder.graph import scenario_of
from tests.e2e.builder import Builder

NODES = 1000


def test_a_thousand_steps_are_opened_dragged_and_found(builder: Builder) -> None:
    builder.ask("POST", "/chatbots/import", {"file": scenario_of(NODES), "id": "thousand", "overwrite": True})
    builder.open("/chatbots/thousand", "Large")
    expect(builder.node("ask_0")).to_be_in_viewport(ratio=1)
    assert builder.page.locator(".react-flow__node").count() < 100

    # from far away they are one picture, and the one under the pointer can be touched
    builder.press("Show all")
    picture = builder.page.locator("canvas[data-overview]")
    expect(picture).to_be_visible()
    expect(builder.node("ask_0")).to_have_count(0)
    box = builder.page.locator(".react-flow").bounding_box()
    assert box is not None
    begin, before = builder.page.locator(".react-flow__node"), builder.draft("thousand")["layout"]["nodes"]
    for left in range(0, 60, 4):
        builder.page.mouse.move(box["x"] + box["width"] / 2 + left, box["y"] + box["height"] / 2 + left / 4)
        if begin.count():
            break
    moved = begin.get_attribute("data-id") or ""
    builder.page.mouse.down()
    builder.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40, steps=5)
    builder.page.mouse.up()
    builder.is_saved()
    after = builder.draft("thousand")["layout"]["nodes"]
    assert {identity for identity in after if after[identity] != before[identity]} == {moved}
    builder.press("Undo")
    builder.is_saved()
    assert builder.draft("thousand")["layout"]["nodes"] == before

    builder.page.keyboard.press("Control+f")
    builder.page.keyboard.type("question 77?")
    expect(builder.page.get_by_role("option")).to_have_count(1)
    builder.page.keyboard.press("Enter")
    expect(builder.panel.get_by_label("Name")).to_have_value("ask_77")
    expect(builder.node("ask_77")).to_be_in_viewport(ratio=1)
    expect(picture).to_have_count(0)


def test_a_draft_is_asked_for_before_it_is_known_who_asks(builder: Builder) -> None:
    """Session, code and draft come side by side: one after the other they would take twice as long."""
    builder.ask("POST", "/chatbots/import", {"file": scenario_of(10), "id": "asked-early", "overwrite": True})
    held: list[Route] = []
    builder.page.route("**/api/v1/me", lambda route: held.append(route))
    with builder.page.expect_response("**/api/v1/chatbots/asked-early/draft") as draft:
        builder.page.goto(f"{builder.server.url}/chatbots/asked-early")
    assert len(held) == 1
    # the draft is there, and nothing of it is shown yet
    draft.value.finished()
    expect(builder.page.get_by_role("progressbar")).to_be_visible()
    expect(builder.page.get_by_role("heading")).to_have_count(0)
    held[0].continue_()
    expect(builder.page.get_by_role("heading", name="Large", level=1)).to_be_visible()


def test_a_box_from_far_away_chooses_what_is_in_it_and_is_undone_in_one_step(builder: Builder) -> None:
    count = 200
    builder.ask("POST", "/chatbots/import", {"file": scenario_of(count), "id": "boxed", "overwrite": True})
    builder.open("/chatbots/boxed", "Large")
    builder.press("Show all")
    expect(builder.page.locator("canvas[data-overview]")).to_be_visible()
    before = builder.draft("boxed")["layout"]["nodes"]
    nodes = len(before)
    builder.press("Draw a box to choose several")
    canvas = builder.page.locator(".react-flow__pane").bounding_box()
    assert canvas is not None
    builder.page.mouse.move(canvas["x"] + 3, canvas["y"] + 3)
    builder.page.mouse.down()
    builder.page.mouse.move(canvas["x"] + canvas["width"] - 3, canvas["y"] + canvas["height"] - 3, steps=5)
    builder.page.mouse.up()
    bar = builder.page.get_by_role("toolbar", name=f"{nodes} chosen steps")
    bar.get_by_role("button", name="Align left").click()
    builder.is_saved()
    after = builder.draft("boxed")["layout"]["nodes"]
    assert {left for left, _ in after.values()} == {min(left for left, _ in before.values())}
    # the button has the focus, and the keys take back what it did
    for keys, places in (("Control+z", before), ("Control+Shift+z", after), ("Control+z", before)):
        with builder.page.expect_response(lambda answer: answer.request.method == "PUT" and "/draft" in answer.url):
            builder.page.keyboard.press(keys)
        assert builder.draft("boxed")["layout"]["nodes"] == places
