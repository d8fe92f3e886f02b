"""The net goes and comes back, or the server does: nothing is lost, nothing comes twice."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.chat import order_until_size
from tests.e2e.conftest import HERE, Server, running

QUESTIONS = ["Hi! What is your name?", "Ada", "Which size, Ada?"]


@pytest.fixture
def mortal(page_is_built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own, to be killed."""
    with running(tmp_path_factory.mktemp("mortal") / "data", HERE / "scenarios") as started:
        yield started


def test_what_is_written_offline_is_sent_once_in_order(page: Page, server: Server) -> None:
    chat = order_until_size(page, server.url)
    page.context.set_offline(True)
    expect(page.get_by_text("No connection to the server.")).to_be_visible()
    chat.write("first")
    chat.write("second")
    expect(page.get_by_text("Your 2 messages are kept")).to_be_visible()
    expect(chat.log.get_by_text("Waiting to be sent")).to_have_count(2)
    page.context.set_offline(False)
    expect(page.get_by_text("No connection to the server.")).to_have_count(0)
    expect(chat.log.get_by_text("Waiting to be sent")).to_have_count(0)
    expect(chat.messages).to_have_count(len(QUESTIONS) + 4)
    texts = chat.texts()
    assert texts[:3] == QUESTIONS
    assert [text for text in texts[3:] if text != "Small or large?"] == ["first", "second"]
    page.reload()
    chat.expect_texts(*texts)


def test_a_suggestion_tapped_offline_is_sent_too(page: Page, server: Server) -> None:
    chat = order_until_size(page, server.url)
    page.context.set_offline(True)
    expect(page.get_by_text("No connection to the server.")).to_be_visible()
    chat.tap("Large")
    expect(page.get_by_text("Your message is kept")).to_be_visible()
    expect(chat.button("Large")).to_have_count(0)
    page.context.set_offline(False)
    chat.expect_texts(*QUESTIONS, "Large", "Thanks Ada, a large one is 10 EUR.")


def test_the_chat_goes_on_after_the_server_was_killed(page: Page, mortal: Server) -> None:
    chat = order_until_size(page, mortal.url)
    mortal.kill()
    expect(page.get_by_text("No connection to the server.")).to_be_visible()
    chat.write("large")
    expect(chat.log.get_by_text("Waiting to be sent")).to_have_count(1)
    mortal.start()
    chat.expect_texts(*QUESTIONS, "large", "Thanks Ada, a large one is 10 EUR.")
    expect(page.get_by_text("This chat has ended.")).to_be_visible()


def test_what_waits_outlives_the_tab(page: Page, mortal: Server) -> None:
    chat = order_until_size(page, mortal.url)
    address = page.url
    mortal.kill()
    expect(page.get_by_text("No connection to the server.")).to_be_visible()
    chat.write("small")
    page.goto("about:blank")
    mortal.start()
    page.goto(address)
    chat.expect_texts(*QUESTIONS, "small", "Thanks Ada, a small one is 8 EUR.")


def test_a_refused_message_is_told_and_can_be_sent_again_or_deleted(page: Page, server: Server) -> None:
    chat = order_until_size(page, server.url)
    chat.composer.evaluate("box => box.removeAttribute('maxlength')")
    chat.write("x" * 5000)
    expect(chat.log.get_by_role("alert")).to_contain_text("Not sent:")
    expect(chat.button("Large")).to_be_enabled()
    chat.tap("Send again")
    expect(chat.log.get_by_role("alert")).to_contain_text("Not sent:")
    chat.tap("Delete")
    expect(chat.log.get_by_role("alert")).to_have_count(0)
    chat.tap("Large")
    chat.expect_texts(*QUESTIONS, "Large", "Thanks Ada, a large one is 10 EUR.")
