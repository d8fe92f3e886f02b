"""What happens at the steps of a published chatbot, who is there, and how each came there (ED-6, TH-2, TH-3)."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.builder import Builder
from tests.e2e.chat import order_until_size
from tests.e2e.conftest import NewContext
from tests.e2e.test_accessibility import objections


@pytest.fixture
def busy(builder: Builder, new_context: NewContext) -> Builder:
    """Somebody is at the choice of a size in the pizza chatbot."""
    order_until_size(new_context().new_page(), builder.server.url, "Wilma")
    return builder


def figures(builder: Builder) -> Locator:
    return builder.page.get_by_role("complementary", name="Figures of Size?")


def test_a_step_tells_who_came_who_left_and_who_is_there(busy: Builder) -> None:
    busy.open("/chatbots/pizza/live", "Pizza order")
    expect(busy.page.get_by_text(re.compile(r"chats? began, .* running"))).to_be_visible()
    expect(busy.node("Size?")).to_contain_text(re.compile(r"\d+ · \d+.*here"))
    assert objections(busy.page) == []
    busy.node("Size?").click()
    expect(figures(busy).get_by_role("row").filter(has_text="Visits")).to_be_visible()
    expect(figures(busy).get_by_role("list").get_by_role("link").first).to_be_visible()
    busy.page.get_by_label("From", exact=True).fill("2999-01-01")
    expect(busy.page.get_by_text("No chat began")).to_be_visible()


def test_a_chat_is_replayed_turn_by_turn_and_stopped(busy: Builder) -> None:
    page = busy.page
    busy.open("/chatbots/pizza/live", "Pizza order")
    busy.node("Size?").click()
    figures(busy).get_by_role("list").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name=re.compile("^Chat with visitor:"))).to_be_visible()
    turns = page.get_by_role("list", name="Turn by turn").get_by_role("listitem")
    expect(turns.last).to_contain_text("“Wilma”")
    details = page.get_by_role("region", name=re.compile("What turn"))
    expect(details).to_contain_text("name = Wilma")
    expect(details).to_contain_text("waits for an answer")
    expect(busy.node("Size?").locator("[data-mark]")).to_have_attribute("data-mark", "now")
    expect(busy.node("Size?")).to_contain_text("is here")
    assert objections(page) == []
    busy.press("The turn before")
    expect(busy.node("Size?").locator("[data-mark]")).to_have_attribute("data-mark", "rest")
    expect(busy.node("Size?")).not_to_contain_text("is here")
    busy.press("Stop")
    busy.dialog.get_by_role("button", name="Stop").click()
    busy.says("The chat is stopped")
    expect(page.get_by_text("Complete · stopped")).to_be_visible()
    busy.press("Resume")
    busy.dialog.get_by_role("button", name="Resume").click()
    expect(page.get_by_text("Running", exact=True)).to_be_visible()


def test_a_chat_starts_anew_at_the_step_that_was_pressed(busy: Builder) -> None:
    [thread, *_] = busy.ask("GET", "/threads?chatbot=pizza&live=true&sort=-updated_at")["items"]
    busy.open(f"/threads/{thread['id']}", f"Chat with {thread['to'][:20]}…")
    before = busy.page.url
    busy.node("size").click()
    busy.press("Start elsewhere")
    expect(busy.dialog.get_by_role("combobox", name="At the step")).to_have_text("size")
    busy.dialog.get_by_role("button", name="Start", exact=True).click()
    busy.says("The chat has started")
    expect(busy.page).not_to_have_url(before)
    expect(busy.page.get_by_role("list", name="Turn by turn").get_by_role("listitem")).to_have_count(1)
