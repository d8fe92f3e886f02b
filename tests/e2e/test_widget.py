"""The chat on somebody else's page: a script, a button, a frame (MS-11)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from tests.e2e.conftest import DESKTOP, PHONE, NewContext, Server
from tests.e2e.host import Site, hosted, list_origins
from tests.e2e.test_accessibility import objections

SENDER = "demo-pizza"
MOST_BYTES = 12_000
HELLO = "Hi! What is your name?"


@pytest.fixture(scope="module")
def site(browser: Browser, server: Server) -> Iterator[Site]:
    """A site that the sender lists."""
    with hosted() as listed:
        list_origins(browser, server.url, SENDER, [listed.origin])
        yield listed


@pytest.fixture
def host(page: Page, site: Site, server: Server) -> Page:
    """A page of the site, with the chat on it."""
    return visit(page, site, server)


def visit(page: Page, site: Site, server: Server, attributes: str = "", times: int = 1, language: str = "en") -> Page:
    site.embed(server.url, SENDER, attributes, times, language)
    page.goto(site.origin)
    expect(launcher(page)).to_be_visible()
    return page


def launcher(page: Page) -> Locator:
    return page.locator("button.launcher")


def panel(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Chat")


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


def composer(page: Page) -> Locator:
    return frame(page).get_by_role("textbox", name="Write a message")


def messages(page: Page) -> Locator:
    return frame(page).get_by_role("log").locator("ol > li p[class*=words]")


def open_chat(page: Page) -> None:
    launcher(page).click()
    expect(messages(page).first).to_have_text(HELLO)


def write(page: Page, text: str) -> None:
    composer(page).fill(text)
    composer(page).press("Enter")


def test_a_visitor_opens_chats_closes_and_finds_the_history_again(host: Page) -> None:
    open_chat(host)
    expect(frame(host).get_by_role("link")).to_have_count(0)  # to other pages of ours
    write(host, "Ada")
    expect(messages(host)).to_have_text([HELLO, "Ada", "Which size, Ada?"])
    frame(host).get_by_role("button", name="Close the chat").click()
    expect(panel(host)).to_be_hidden()
    launcher(host).click()
    expect(messages(host)).to_have_text([HELLO, "Ada", "Which size, Ada?"])
    host.reload()
    launcher(host).click()
    expect(messages(host)).to_have_text([HELLO, "Ada", "Which size, Ada?"])


def test_a_page_that_is_not_listed_cannot_show_the_chat_and_says_so(
    browser: Browser, server: Server, site: Site
) -> None:
    context = browser.new_context()
    with hosted() as other:
        other.embed(server.url, SENDER)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(other.origin)
        launcher(page).click()
        expect(panel(page).get_by_role("status")).to_have_text("The chat cannot be shown here right now.")
        assert any(f"Is {other.origin} one of the sender's embed_origins?" in text for text in said)
        assert any("frame-ancestors" in text for text in said)
        assert not any("/socket.io/" in frame.url for frame in page.frames)
        panel(page).get_by_role("button", name="Close the chat").click()
        expect(launcher(page)).to_be_focused()
    context.close()


def test_the_keyboard_alone_opens_writes_and_closes(host: Page) -> None:
    for _ in range(3):
        host.keyboard.press("Tab")
    expect(launcher(host)).to_be_focused()
    expect(launcher(host)).to_have_accessible_name("Open the chat")
    expect(launcher(host)).to_have_attribute("aria-expanded", "false")
    host.keyboard.press("Enter")
    expect(composer(host)).to_be_focused()
    expect(launcher(host)).to_have_attribute("aria-expanded", "true")
    expect(messages(host)).to_have_text([HELLO])
    host.keyboard.type("Ada")
    host.keyboard.press("Enter")
    expect(messages(host)).to_have_text([HELLO, "Ada", "Which size, Ada?"])
    host.keyboard.press("Escape")
    expect(panel(host)).to_be_hidden()
    expect(launcher(host)).to_be_focused()
    host.keyboard.press("Space")
    expect(composer(host)).to_be_focused()


def test_what_comes_while_it_is_closed_is_counted_also_on_the_next_page(host: Page) -> None:
    open_chat(host)
    write(host, "Ada")
    host.keyboard.press("Escape")  # before the answer, which takes its typing time
    badge = host.locator(".badge")
    expect(badge).to_have_text("1")
    expect(launcher(host)).to_have_accessible_name("Open the chat (1 new message)")
    host.reload()
    expect(badge).to_have_text("1")
    launcher(host).click()
    expect(badge).to_be_hidden()
    host.keyboard.press("Escape")
    expect(launcher(host)).to_have_accessible_name("Open the chat")


def test_a_script_that_is_there_twice_makes_one_button_and_one_name(page: Page, site: Site, server: Server) -> None:
    names = "Object.getOwnPropertyNames(window)"
    site.embed(server.url, SENDER, times=0)
    page.goto(site.origin)
    plain = set(page.evaluate(names))
    visit(page, site, server, times=2)
    expect(launcher(page)).to_have_count(1)
    assert set(page.evaluate(names)) - plain == {"botflowChat"}


def test_a_body_that_is_made_anew_keeps_its_chat(host: Page, server: Server) -> None:
    open_chat(host)
    host.evaluate("document.body.replaceChildren()")
    expect(launcher(host)).to_have_count(0)
    host.add_script_tag(url=f"{server.url}/widget.js")  # without a sender: nothing
    host.evaluate("botflowChat.attach()")
    expect(messages(host)).to_have_text([HELLO])


def test_a_page_costs_the_script_only_and_nothing_moves(host: Page, server: Server) -> None:
    shift = "performance.getEntriesByType('layout-shift').reduce((sum, entry) => sum + entry.value, 0)"
    expect(host.locator("iframe")).to_have_count(0)
    before = host.locator("main").bounding_box()
    answer = host.request.get(f"{server.url}/widget.js")
    assert "javascript" in answer.headers["content-type"]
    assert len(answer.body()) < MOST_BYTES
    open_chat(host)
    assert host.locator("main").bounding_box() == before
    assert host.evaluate(shift) == 0


@pytest.mark.parametrize(("attributes", "language"), [('data-language="es"', "en"), ('data-language="xx"', "es-MX")])
def test_the_script_or_else_the_page_tells_the_language(
    page: Page, site: Site, server: Server, attributes: str, language: str
) -> None:
    visit(page, site, server, attributes, language=language)
    expect(launcher(page)).to_have_accessible_name("Abrir el chat")
    launcher(page).click()
    expect(frame(page).get_by_role("textbox", name="Escribe un mensaje")).to_be_visible()


def test_the_button_stands_in_the_corner_that_was_chosen(page: Page, site: Site, server: Server) -> None:
    size = 56
    for attributes, left in (("", DESKTOP[0] - size - 20), ('data-position="left"', 20)):
        box = launcher(visit(page, site, server, attributes)).bounding_box()
        assert box == {"x": left, "y": DESKTOP[1] - size - 20, "width": size, "height": size}


def test_on_a_phone_the_chat_fills_the_screen(new_context: NewContext, site: Site, server: Server) -> None:
    page = visit(new_context(size=PHONE).new_page(), site, server)
    open_chat(page)
    assert panel(page).bounding_box() == {"x": 0, "y": 0, "width": PHONE[0], "height": PHONE[1]}
    expect(launcher(page)).to_be_hidden()
    frame(page).get_by_role("button", name="Close the chat").click()
    expect(launcher(page)).to_be_focused()


def test_axe_objects_to_nothing(host: Page) -> None:
    assert objections(host.main_frame) == []
    open_chat(host)
    assert objections(host.main_frame) == []
    assert objections(host.frames[-1]) == []


def test_what_other_frames_and_pages_say_is_not_heard(host: Page) -> None:
    open_chat(host)
    host.evaluate("postMessage({botflow: 'close'}, '*'); postMessage({botflow: 'unread', count: 7}, '*')")
    host.evaluate("document.body.append(Object.assign(document.createElement('iframe'), {srcdoc: ''}))")
    host.wait_for_timeout(200)
    expect(panel(host)).to_be_visible()
    expect(host.locator(".badge")).to_be_hidden()
