"""Markup in names and texts is shown as the text that it is; nobody's script runs, in no page that shows it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.e2e.chat import Chat, open_chat
from tests.e2e.conftest import NewContext, Server, running
from tests.e2e.host import hosted, list_origins, signed_in
from tests.e2e.workspace import Workspace, ask, sign_in

NAME = "Bot <img src=x onerror=\"window.ran='yes'\">"
IMAGE = "<img src=x onerror=\"window.ran='yes'\">"
MARKUP = "<img src=x onerror=\"window.ran='yes'\"><script>window.ran='yes'</script>"
BOT: dict[str, Any] = {
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


def hostile_draft(name: str, asks: str) -> dict[str, Any]:
    """The same chatbot with markup in every place that people of the workspace write and read."""
    question, greet = BOT["nodes"]
    ways = {
        "id": "which",
        "kind": "condition",
        "type": "expression",
        "label": f"Which {IMAGE}",
        "branches": [
            {"id": "b", "label": f"Branch {IMAGE}", "expression": "'{{name}}' = '<img src=x>'", "next": ["greet"]}
        ],
        "else": {"label": f"Else {IMAGE}", "next": ["greet"]},
    }
    return BOT | {
        "name": name,
        "nodes": [question | {"label": asks, "next": ["which"]}, ways, greet | {"label": f"Greet {IMAGE}"}],
        "layout": {
            "nodes": {"ask": [0, 0], "which": [350, 0], "greet": [700, 0]},
            "notes": [{"id": "n", "text": f"Note {IMAGE}", "at": [0, 200]}],
        },
    }


@pytest.fixture(scope="module")
def furnished(hostile: Server, browser: Browser) -> Server:
    """A company whose people wrote markup into all that has a name."""
    context = browser.new_context()
    with signed_in(browser, hostile.url):
        sign_in(context, hostile)
    for number, name in enumerate((NAME, f"{NAME} again")):
        draft = hostile_draft(name, f"Ask {IMAGE} {number}")
        ask(context, hostile, "PUT", "/chatbots/markup/draft?overwrite=true", draft)
        ask(context, hostile, "POST", "/chatbots/markup/versions", {"note": f"Note {IMAGE}"})
    named: dict[str, dict[str, Any]] = {
        "departments": {},
        "roles": {"permissions": ["chatbots.view"]},
        "webhooks": {"address": "https://example.com/hook", "events": []},
        "api-keys": {"scopes": ["chatbots.view"]},
        "content-templates": {"channel": "webchat", "content": {"type": "text", "text": IMAGE}},
    }
    for path, body in named.items():
        ask(context, hostile, "POST", f"/{path}", {"name": f"Name {IMAGE}"} | body)
    context.close()
    return hostile


@pytest.fixture
def written(furnished: Server, new_context: NewContext) -> Workspace:
    """A page of somebody who works there."""
    workspace = Workspace(new_context().new_page(), furnished)
    sign_in(workspace.page.context, furnished)
    return workspace


def test_on_the_pages_of_those_who_build(written: Workspace, hostile: Server, new_context: NewContext) -> None:
    page = written.page
    chat = open_chat(new_context().new_page(), hostile.url, f"{NAME} again")
    chat.expect_texts(f"Who are you? {MARKUP}")
    chat.write(MARKUP)
    chat.expect_texts(f"Who are you? {MARKUP}", MARKUP, f"Hello {MARKUP}")
    [thread, *_] = written.ask("GET", "/threads?chatbot=markup&sort=-updated_at")["items"]
    parts = ("canvas", "settings", "versions", "live", "answers")
    sections = ("chatbots", "departments", "roles", "webhooks", "api-keys", "content-templates", "audit", "senders")
    for path in (*sections, *(f"chatbots/markup/{part}" for part in parts), f"threads/{thread['id']}"):
        page.goto(f"{hostile.url}/{path}")
        expect(page.get_by_role("main")).to_contain_text("<img src=x")
        expect_text_only(page)


def test_in_the_differences_of_versions_and_in_the_chat_beside_the_canvas(written: Workspace) -> None:
    page = written.page
    written.open("/chatbots/markup/versions", f"{NAME} again")
    page.get_by_role("list", name="Versions").get_by_role("button", name=f"Note {IMAGE}").first.click()
    expect(page.get_by_role("list", name="Changes")).to_contain_text(IMAGE)
    expect_text_only(page)
    page.get_by_role("tab", name="As a graph").click()
    expect(page.locator(".react-flow__node").filter(has_text=f"Ask {IMAGE}").first).to_be_visible()
    expect_text_only(page)
    page.get_by_role("tab", name="As a file").click()
    expect(
        page.get_by_role("region", name="As a file").locator("ins").filter(has_text="img src=x").first
    ).to_be_visible()
    expect_text_only(page)
    written.open("/chatbots/markup/canvas", f"{NAME} again")
    written.press("Try it")
    chat = page.get_by_role("complementary", name="Try the chatbot")
    chat.get_by_label("Write a message").fill(MARKUP)
    page.keyboard.press("Enter")
    expect(chat.get_by_role("log")).to_contain_text(f"Hello {MARKUP}")
    expect_text_only(page)
