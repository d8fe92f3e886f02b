"""Pictures of the page for the documentation, taken from the real thing.

`BOTFLOW_TEST_PICTURES=docs/images .venv/bin/python -m pytest tests/e2e/test_pictures.py` writes them anew.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.chat import open_chat, order_until_size
from tests.e2e.conftest import DESKTOP, PHONE, ROOT, NewContext, Server

MOST_BYTES = 150_000
FOLDER = ROOT / "docs" / "images"


def home(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.get_by_role("article")).to_have_count(4)


def chat(page: Page, url: str) -> None:
    order = order_until_size(page, url)
    order.write("What sizes are there?")
    expect(order.messages.last).to_have_text("Small or large?")
    expect(order.log.get_by_text("Received by the chatbot")).to_have_count(2)


def carousel(page: Page, url: str) -> None:
    open_chat(page, url, "Hotel rooms")
    expect(page.get_by_role("article")).to_have_count(5)


def ended(page: Page, url: str) -> None:
    order_until_size(page, url).tap("Large")
    expect(page.get_by_text("This chat has ended.")).to_be_visible()


PICTURES: dict[str, tuple[Callable[[Page, str], None], str, tuple[int, int]]] = {
    "home-light": (home, "light", DESKTOP),
    "chat-light": (chat, "light", DESKTOP),
    "chat-dark": (chat, "dark", DESKTOP),
    "carousel-light": (carousel, "light", DESKTOP),
    "home-phone": (home, "dark", PHONE),
    "carousel-phone": (carousel, "dark", PHONE),
    "ended-phone": (ended, "light", PHONE),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_can_be_taken(new_context: NewContext, server: Server, tmp_path: Path, name: str) -> None:
    show, theme, size = PICTURES[name]
    page = new_context(size=size, theme=theme).new_page()
    show(page, server.url)
    page.mouse.move(0, 0)
    picture = Path(os.environ.get("BOTFLOW_TEST_PICTURES", tmp_path)) / f"{name}.png"
    page.screenshot(path=picture, animations="disabled")
    assert 0 < picture.stat().st_size < MOST_BYTES


@pytest.mark.parametrize("name", PICTURES)
def test_the_documentation_has_the_picture(name: str) -> None:
    assert 0 < (FOLDER / f"{name}.png").stat().st_size < MOST_BYTES
