"""Versions of a chatbot: what each changed, as a list, as a graph and as a file, and the ways back (ED-5)."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.builder import Builder
from tests.e2e.test_accessibility import objections


def scenario(text: str, *more: dict[str, Any]) -> dict[str, Any]:
    greet = {
        "id": "greet",
        "kind": "action",
        "role": "start",
        "label": "Greet",
        "step": {"type": "static_message", "content": {"type": "text", "text": text}},
        "next": [node["id"] for node in more],
        **({} if more else {"final": True}),
    }
    layout = {"nodes": {"greet": [80, 80], "hours": [420, 80], "prices": [420, 240]}}
    return {
        "format": "botflow.scenario/1",
        "id": "versions",
        "name": "Versions",
        "channel": "webchat",
        "language": "en",
        "nodes": [greet, *more],
        "layout": {"nodes": {node: layout["nodes"][node] for node in ["greet", *(one["id"] for one in more)]}},
    }


def step(identity: str, label: str) -> dict[str, Any]:
    content = {"type": "text", "text": f"{label}."}
    return {
        "id": identity,
        "kind": "action",
        "label": label,
        "step": {"type": "static_message", "content": content},
    } | {"final": True}


@pytest.fixture
def published(builder: Builder) -> Builder:
    """Two versions: the second greets in other words, and has other steps behind."""
    for text, note, behind in (
        ("Hello", "The first one", step("hours", "Hours")),
        ("Good morning", "Politer", step("prices", "Prices")),
    ):
        file = scenario(text, behind)
        builder.ask("POST", "/chatbots/import", {"file": file, "id": "versions", "overwrite": True})
        builder.ask("POST", "/chatbots/versions/versions", {"note": note})
    return builder


def listed(builder: Builder) -> Locator:
    return builder.page.get_by_role("list", name="Versions")


def newest(builder: Builder) -> Any:
    return builder.ask("GET", "/chatbots/versions/versions")["items"][0]


def test_each_version_tells_what_it_changed(published: Builder) -> None:
    page = published.page
    published.open("/chatbots/versions/canvas", "Versions")
    page.get_by_role("tab", name="Versions").click()
    expect(page.get_by_text("Nothing is different.")).to_be_visible()
    number = newest(published)["number"]
    listed(published).get_by_role("button", name=f"Version {number} Politer").click()
    changes = page.get_by_role("list", name="Changes")
    expect(changes.get_by_role("listitem").filter(has_text="Greet")).to_contain_text("TextHelloGood morning")
    expect(changes.get_by_role("listitem").filter(has_text="HoursGone")).to_be_visible()
    expect(changes.get_by_role("listitem").filter(has_text="PricesNew")).to_be_visible()
    assert objections(page) == []
    page.get_by_role("tab", name="As a graph").click()
    for name, mark in (("Greet", "changed"), ("Hours", "removed"), ("Prices", "added")):
        expect(published.node(name).locator("[data-mark]")).to_have_attribute("data-mark", mark)
    page.get_by_role("tab", name="As a file").click()
    file = page.get_by_role("region", name="As a file")
    expect(file.locator("del").filter(has_text='"text": "Hello"')).to_be_visible()
    expect(file.locator("ins").filter(has_text='"text": "Good morning"')).to_be_visible()


def test_who_publishes_sees_what_changes_as_a_list_a_graph_and_a_file(published: Builder) -> None:
    file = scenario("Good evening", step("prices", "Prices"))
    published.ask("POST", "/chatbots/import", {"file": file, "id": "versions", "overwrite": True})
    published.open("/chatbots/versions/canvas", "Versions")
    published.press("Publish")
    published.dialog.get_by_role("button", name="different").click()
    expect(published.dialog.get_by_role("list", name="Changes")).to_contain_text("Good morningGood evening")
    published.dialog.get_by_role("tab", name="As a graph").click()
    graph = published.dialog.get_by_role("application")
    expect(graph.locator("[data-mark=changed]")).to_have_count(1)
    published.dialog.get_by_role("tab", name="As a file").click()
    expect(published.dialog.locator("ins").filter(has_text='"text": "Good evening"')).to_be_visible()
    published.press("Cancel")
    published.page.locator(".react-flow__node", has_text="Greet").click()  # the canvas is as it was
    expect(published.panel.get_by_label("Name")).to_have_value("Greet")


def test_an_old_version_is_published_again_or_made_the_draft(published: Builder) -> None:
    page, number = published.page, newest(published)["number"]
    published.open("/chatbots/versions/versions", "Versions")
    listed(published).get_by_role("button", name=f"Version {number - 1} The first one").click()
    published.press("Roll back")
    published.dialog.get_by_label("What is new").fill("Back to it")
    published.dialog.get_by_role("button", name="Roll back").click()
    published.says(f"Version {number + 1} is published")
    expect(listed(published)).to_contain_text(f"Version {number + 1}Back to it")
    listed(published).get_by_role("button", name=f"Version {number} Politer").click()
    published.press("Edit it")
    published.dialog.get_by_role("button", name="Edit it").click()
    published.says(f"The draft is what version {number} was")
    page.get_by_role("tab", name="Build").click()
    expect(published.node("Prices")).to_be_visible()
    expect(published.node("Hours")).to_have_count(0)


def test_publishing_says_what_is_different(published: Builder) -> None:
    published.open("/chatbots/versions/canvas", "Versions")
    published.node("Greet").click()
    published.panel.get_by_label("What it says").fill("Good evening")
    published.is_saved()
    published.press("Publish")
    published.dialog.get_by_role("button", name="One thing is different").click()
    expect(published.dialog.get_by_role("list", name="Changes")).to_contain_text("GreetTextGood morningGood evening")


def test_the_version_that_runs_is_marked_with_where_it_runs(published: Builder) -> None:
    for sender in ("Front desk of versions", "Night desk of versions"):
        identity = sender.lower().replace(" ", "-")
        body = {"id": identity, "name": sender, "adapter": "webchat", "status": "active"}
        published.ask("POST", "/senders", body)
    published.open("/chatbots/versions/versions", "Versions")
    number = newest(published)["number"]
    row = listed(published).get_by_role("button", name=f"Version {number} ")
    expect(row).to_contain_text("It runs on no sender yet")
    for identity in ("front-desk-of-versions", "night-desk-of-versions"):
        published.ask("PUT", f"/chatbots/versions/senders/{identity}", {"is_default": False})
    published.page.reload()
    expect(row).to_contain_text("Runningon Front desk of versions, Night desk of versions")
    expect(listed(published).get_by_text("Running", exact=True)).to_have_count(1)
