"""Files of the media library in the chat: as they come, after a reload, and on somebody else's page (AS-1, MS-11)."""

import re

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.e2e.chat import open_chat
from tests.e2e.conftest import Server
from tests.e2e.host import hosted, list_origins, upload
from tests.server.files import KNOWN, picture

WIDTH = 320


@pytest.fixture(scope="module", autouse=True)
def library(browser: Browser, server: Server) -> None:
    """The library has a picture and a document of the cards; the other cards name what it has not."""
    upload(browser, server.url, {"room-1": picture("PNG", WIDTH, 180), "room-2": KNOWN["application/pdf"]})


def expect_media(shown: Page | FrameLocator) -> None:
    """Wait until the picture is drawn and the document can be opened."""
    cards = shown.get_by_role("article")
    expect(cards.nth(0).locator("img")).to_have_js_property("naturalWidth", WIDTH)
    document = cards.nth(1).get_by_role("link", name="Open room-2.pdf")
    expect(document).to_have_attribute("href", re.compile("^/media/"))
    expect(cards.nth(2).get_by_role("img")).to_have_text("room-3")


def test_files_are_shown_as_they_come_and_after_a_reload(page: Page, server: Server) -> None:
    open_chat(page, server.url, "Hotel rooms")
    expect_media(page)
    document = page.get_by_role("link", name="Open room-2.pdf").get_attribute("href")
    assert page.request.get(f"{server.url}{document}").body() == KNOWN["application/pdf"]
    page.reload()
    expect_media(page)


def test_files_are_shown_on_pages_of_other_sites(page: Page, browser: Browser, server: Server) -> None:
    with hosted() as site:
        list_origins(browser, server.url, "demo-rooms", [site.origin])
        site.embed(server.url, "demo-rooms")
        page.goto(site.origin)
        page.locator("button.launcher").click()
        expect_media(page.frame_locator("iframe"))
