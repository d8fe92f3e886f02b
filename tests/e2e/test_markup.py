"""Markup in names and texts is shown as the text that it is; nobody's script runs, in no page that shows it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.e2e.chat import Chat, open_chat
from tests.e2e.conftest import Server, running
from tests.e2e.host import hosted, list_origins

NAME = "Bot <img src=x onerror=\"window.ran='yes'\">"
MARKUP = "<img src=x onerror=\"window.ran='yes'\"><script>window.ran='yes'</script>"
BOT = {
    "format": "botflow.scenario/1",
    "id": "markup",
    "name": NAME,
    "channel": "webchat",
    "language": "en",
    "x-description": f"Says {MARKUP}",
    "nodes": [
        {
            "id": "ask",
            "kind": "action",
            "role": "start",
            "step": {
                "type": "ask_question",
                "content": {
                    "type": "text",
                    "text": f"Who are you? {MARKUP}",
                    "suggestions": [
                        {"id": "s", "type": "reply", "text": "<img src=x onerror=alert(1)>", "postback": "s"}
                    ],
                },
                "save_as": "name",
                "validation": "text",
            },
            "next": ["greet"],
        },
        {
            "id": "greet",
            "kind": "action",
            "final": True,
            "step": {"type": "static_message", "content": {"type": "text", "text": "Hello {{name}}"}},
        },
    ],
}


@pytest.fixture(scope="module")
def hostile(page_is_built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose only chatbot has markup wherever text goes."""
    folder = tmp_path_factory.mktemp("markup")
    (folder / "examples").mkdir()
    Path(folder, "examples", "markup.json").write_text(json.dumps(BOT))
    with running(folder / "data", folder / "examples") as started:
        yield started


def expect_text_only(page: Page | Frame) -> None:
    """No image was made of the text, and no script ran: the fixture of the page fails for what the policy stopped."""
    expect(page.locator("img[src=x]")).to_have_count(0)
    ran: Any = page.evaluate("window.ran")
    assert ran is None


def test_on_the_first_page_and_in_a_chat(page: Page, hostile: Server) -> None:
    page.goto(hostile.url)
    expect(page.get_by_role("article")).to_contain_text(f"Says {MARKUP}")
    expect_text_only(page)
    chat = open_chat(page, hostile.url, NAME)
    chat.expect_texts(f"Who are you? {MARKUP}")
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(chat.button("<img src=x onerror=alert(1)>")).to_be_visible()
    chat.write(MARKUP)
    spoken = [f"Who are you? {MARKUP}", MARKUP, f"Hello {MARKUP}"]
    chat.expect_texts(*spoken)
    expect_text_only(page)
    page.reload()
    Chat(page).expect_texts(*spoken)
    expect_text_only(page)


def test_in_a_chat_on_a_page_of_somebody_else(page: Page, browser: Browser, hostile: Server) -> None:
    with hosted() as site:
        list_origins(browser, hostile.url, "demo-markup", [site.origin])
        site.embed(hostile.url, "demo-markup")
        page.goto(site.origin)
        page.locator("button.launcher").click()
        inside = page.frame_locator("iframe")
        words = inside.get_by_role("log").locator("ol > li p[class*=words]")
        expect(words).to_have_text([f"Who are you? {MARKUP}"])
        composer = inside.get_by_role("textbox", name="Write a message")
        composer.fill(MARKUP)
        composer.press("Enter")
        expect(words).to_have_text([f"Who are you? {MARKUP}", MARKUP, f"Hello {MARKUP}"])
        assert len(page.frames) == 2
        for frame in page.frames:
            expect_text_only(frame)
