"""The page can be used by keyboard alone, and axe finds nothing to object to."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.e2e.chat import Chat, open_chat, order_until_size
from tests.e2e.conftest import PHONE, ROOT, Server

AXE = ROOT / "builder_ui" / "node_modules" / "axe-core" / "axe.min.js"
MOST_TABS = 20


def objections(page: Page | Frame) -> list[tuple[str, str, list[Any]]]:
    """What axe finds wrong: rule, what to do, and where."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (violation["id"], violation["help"], [node["target"] for node in violation["nodes"]])
        for violation in found["violations"]
    ]


def home(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.get_by_role("article")).to_have_count(4)


def chat_in_the_middle(page: Page, url: str) -> None:
    order_until_size(page, url)


def ended_chat(page: Page, url: str) -> None:
    order_until_size(page, url).tap("Small")
    expect(page.get_by_text("This chat has ended.")).to_be_visible()


def offline_chat(page: Page, url: str) -> None:
    chat = order_until_size(page, url)
    page.context.set_offline(True)
    expect(page.get_by_text("No connection to the server.")).to_be_visible()
    chat.write("kept")


def carousel(page: Page, url: str) -> None:
    open_chat(page, url, "Hotel rooms")
    expect(page.get_by_role("article")).to_have_count(5)


def list_of_choices(page: Page, url: str) -> None:
    open_chat(page, url, "Appointment").tap("See the days")
    expect(page.get_by_role("dialog")).to_be_visible()


def location(page: Page, url: str) -> None:
    open_chat(page, url, "Hotel rooms").tap("Share my place")
    page.get_by_role("button", name="Send this location").click()
    expect(page.get_by_role("alert")).to_be_visible()


def nowhere(page: Page, url: str) -> None:
    page.goto(f"{url}/nowhere")
    expect(page.get_by_role("link", name="See all chatbots")).to_be_visible()


VIEWS = [home, chat_in_the_middle, ended_chat, offline_chat, carousel, list_of_choices, location, nowhere]


@pytest.mark.parametrize("view", VIEWS)
def test_axe_objects_to_nothing(page: Page, server: Server, view: Callable[[Page, str], None]) -> None:
    view(page, server.url)
    assert objections(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert objections(page) == []


def test_axe_would_object(page: Page, server: Server) -> None:
    home(page, server.url)
    page.evaluate("document.querySelector('select').closest('label').querySelector('span').remove()")
    assert "select-name" in {rule for rule, _, _ in objections(page)}


def press_until_focused(page: Page, key: str, role: str, name: str) -> None:
    """Go on with Tab or Shift+Tab until something of this role and name has the focus."""
    wanted = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]  # any role of ARIA
    expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{MOST_TABS} times {key} do not reach the {role} {name!r}")


def test_a_whole_chat_needs_the_keyboard_only(page: Page, server: Server) -> None:
    page.goto(server.url)
    press_until_focused(page, "Tab", "link", "Chat with Pizza order")
    page.keyboard.press("Enter")
    chat = Chat(page)
    chat.expect_texts("Hi! What is your name?")
    expect(chat.composer).to_be_focused()
    page.keyboard.type("Ada")
    page.keyboard.press("Enter")
    press_until_focused(page, "Shift+Tab", "button", "Large")
    page.keyboard.press("Enter")
    chat.expect_texts(
        "Hi! What is your name?", "Ada", "Which size, Ada?", "Large", "Thanks Ada, a large one is 10 EUR."
    )
    expect(chat.composer).to_be_focused()  # what is typed next is not lost
    press_until_focused(page, "Shift+Tab", "button", "Start again")
    page.keyboard.press("Enter")
    expect(chat.messages).to_have_count(6)


def test_the_content_can_be_skipped_to(page: Page, server: Server) -> None:
    home(page, server.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_the_way_back_leads_the_focus_to_the_content(page: Page, server: Server) -> None:
    order_until_size(page, server.url)
    page.get_by_role("link", name="All chatbots").click()
    expect(page.get_by_role("main")).to_be_focused()


def test_a_tapped_suggestion_leaves_the_focus_where_one_answers(page: Page, server: Server) -> None:
    chat = order_until_size(page, server.url)
    chat.tap("Large")
    expect(chat.composer).to_be_focused()


def test_new_messages_are_announced(page: Page, server: Server) -> None:
    chat = order_until_size(page, server.url)
    expect(chat.log).to_have_attribute("aria-label", "Conversation with Pizza order")
    expect(chat.log).to_have_attribute("aria-live", "polite")
    expect(chat.log).to_have_attribute("aria-busy", "false")
