"""Pictures of the page for the documentation, taken from the real thing.

`BOTFLOW_TEST_PICTURES=docs/images .venv/bin/python -m pytest tests/e2e/test_pictures.py` writes them anew.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.builder import Builder
from tests.e2e.chat import Chat, open_chat
from tests.e2e.conftest import DESKTOP, PHONE, ROOT, NewContext, Server, running
from tests.e2e.first_bot import build
from tests.e2e.host import PASSWORD, hosted, list_origins, signed_in

MOST_BYTES = 150_000
FOLDER = ROOT / "docs" / "images"
EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="module")
def served(page_is_built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with what `make run` serves."""
    with running(tmp_path_factory.mktemp("pictures") / "data", EXAMPLES) as started:
        yield started


def home(page: Page, server: Server) -> None:
    page.goto(server.url)
    expect(page.get_by_role("article")).to_have_count(len(list(EXAMPLES.glob("*.json"))))


def chat(page: Page, server: Server) -> None:
    order = order_pizza(page, server)
    order.write("What sizes are there?")
    expect(order.messages.nth(-2)).to_have_text("We bake small, medium and large ones.")
    expect(order.messages.last).to_have_text("Which size, Ada?")
    expect(order.log.get_by_text("Received by the chatbot")).to_have_count(2)


def carousel(page: Page, server: Server) -> None:
    open_chat(page, server.url, "City tours")
    expect(page.get_by_role("article")).to_have_count(3)


def ended(page: Page, server: Server) -> None:
    order = order_pizza(page, server)
    for suggestion in ("Large, 12 EUR", "I pick it up", "Yes, please"):
        order.tap(suggestion)
    expect(page.get_by_text("This chat has ended.")).to_be_visible()


def order_pizza(page: Page, server: Server) -> Chat:
    """Chat with the example until it asks for the size."""
    order = open_chat(page, server.url, "Pizza order")
    expect(order.messages.last).to_have_text("Hi! I take pizza orders. What is your name?")
    order.write("Ada")
    expect(order.messages.last).to_have_text("Which size, Ada?")
    return order


def widget(page: Page, server: Server) -> None:
    with hosted() as site:
        assert page.context.browser is not None
        list_origins(page.context.browser, server.url, "demo-pizza-order", [site.origin])
        site.embed(server.url, "demo-pizza-order")
        page.goto(site.origin)
        page.locator("button.launcher").click()
        frame = page.frame_locator("iframe")
        expect(frame.get_by_text("Hi! I take pizza orders. What is your name?")).to_be_visible()
        frame.get_by_role("textbox", name="Write a message").fill("Ada")
        frame.get_by_role("button", name="Send").click()
        expect(frame.get_by_role("button", name="Large, 12 EUR")).to_be_visible()


def come_in(page: Page, server: Server) -> None:
    assert page.context.browser is not None
    with signed_in(page.context.browser, server.url):
        pass
    page.request.post(
        f"{server.url}/api/v1/session", data={"login": "admin", "password": PASSWORD}, headers={"Origin": server.url}
    )


def first_bot(page: Page, server: Server) -> None:
    """What the tutorial builds."""
    come_in(page, server)
    building = Builder(page, server)
    building.open("/chatbots", "Chatbots")
    build(building)
    building.press("Show all")


def builder(page: Page, server: Server) -> None:
    come_in(page, server)
    page.goto(f"{server.url}/chatbots/pizza-order")
    page.locator(".react-flow__node").filter(has_text="Known size?").click()
    expect(page.get_by_role("complementary")).to_be_visible()


def trying(page: Page, server: Server) -> None:
    builder(page, server)
    page.get_by_role("button", name="Try it", exact=True).click()
    page.get_by_role("textbox", name="Write a message").fill("Ada")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Large, 12 EUR").click()
    expect(page.get_by_role("log").get_by_text("Shall we deliver it (2 EUR), or do you pick it up?")).to_be_visible()


PICTURES: dict[str, tuple[Callable[[Page, Server], None], str, tuple[int, int]]] = {
    "home-light": (home, "light", DESKTOP),
    "chat-light": (chat, "light", DESKTOP),
    "chat-dark": (chat, "dark", DESKTOP),
    "carousel-light": (carousel, "light", DESKTOP),
    "home-phone": (home, "dark", PHONE),
    "carousel-phone": (carousel, "dark", PHONE),
    "first-bot-light": (first_bot, "light", DESKTOP),
    "builder-light": (builder, "light", DESKTOP),
    "builder-dark": (builder, "dark", DESKTOP),
    "try-light": (trying, "light", DESKTOP),
    "widget-light": (widget, "light", DESKTOP),
    "widget-dark": (widget, "dark", DESKTOP),
    "widget-phone": (widget, "light", PHONE),
    "ended-phone": (ended, "light", PHONE),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_can_be_taken(new_context: NewContext, served: Server, tmp_path: Path, name: str) -> None:
    show, theme, size = PICTURES[name]
    page = new_context(size=size, theme=theme).new_page()
    show(page, served)
    page.mouse.move(0, 0)
    picture = Path(os.environ.get("BOTFLOW_TEST_PICTURES", tmp_path)) / f"{name}.png"
    page.screenshot(path=picture, animations="disabled")
    assert 0 < picture.stat().st_size < MOST_BYTES


@pytest.mark.parametrize("name", PICTURES)
def test_the_documentation_has_the_picture(name: str) -> None:
    assert 0 < (FOLDER / f"{name}.png").stat().st_size < MOST_BYTES
