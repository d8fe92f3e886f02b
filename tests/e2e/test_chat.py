"""A person chats with a bot."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.chat import Chat, open_chat, order_until_size
from tests.e2e.conftest import NewContext, Server

QUESTIONS = ["Hi! What is your name?", "Ada", "Which size, Ada?"]


def test_a_bot_is_picked_and_answered_by_tapping_its_suggestions(page: Page, server: Server) -> None:
    chat = order_until_size(page, server.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Pizza order")
    chat.tap("Large")
    chat.expect_texts(*QUESTIONS, "Large", "Thanks Ada, a large one is 10 EUR.")
    expect(chat.button("Large")).to_have_count(0)
    expect(page.get_by_role("link", name="See the menu")).to_have_attribute("href", "https://example.com/menu")


def test_typing_is_shown_before_a_message(page: Page, server: Server) -> None:
    chat = open_chat(page, server.url, "Pizza order")
    expect(chat.log.get_by_text("Pizza order is typing")).to_be_visible()
    chat.expect_texts("Hi! What is your name?")
    expect(chat.log.get_by_text("Pizza order is typing")).to_have_count(0)


def test_a_reload_shows_the_same_chat_and_it_goes_on(page: Page, server: Server) -> None:
    chat = order_until_size(page, server.url)
    page.reload()
    chat.expect_texts(*QUESTIONS)
    chat.tap("Small")
    chat.expect_texts(*QUESTIONS, "Small", "Thanks Ada, a small one is 8 EUR.")


def test_a_chat_has_an_address_of_its_own(page: Page, server: Server) -> None:
    order_until_size(page, server.url)
    address = page.url
    page.get_by_role("link", name="All chatbots").click()
    expect(page).to_have_url(f"{server.url}/")
    page.go_back()
    Chat(page).expect_texts(*QUESTIONS)
    page.goto("about:blank")
    page.goto(address)
    Chat(page).expect_texts(*QUESTIONS)


def test_each_browser_is_a_visitor_of_its_own(page: Page, new_context: NewContext, server: Server) -> None:
    order_until_size(page, server.url)
    other = new_context().new_page()
    other.goto(page.url)
    Chat(other).expect_texts("Hi! What is your name?")


def test_two_tabs_of_one_person_show_the_same_chat(page: Page, server: Server) -> None:
    chat = order_until_size(page, server.url)
    second = page.context.new_page()
    second.goto(page.url)
    Chat(second).expect_texts(*QUESTIONS)
    chat.tap("Small")
    Chat(second).expect_texts(*QUESTIONS, "Small", "Thanks Ada, a small one is 8 EUR.")


def test_an_ended_chat_says_so_and_starts_again(page: Page, server: Server) -> None:
    chat = order_until_size(page, server.url)
    chat.tap("Small")
    expect(page.get_by_text("This chat has ended.")).to_be_visible()
    expect(chat.button("Start over")).to_have_count(0)  # one way to begin anew is enough
    chat.tap("Start again")
    expect(page.get_by_text("This chat has ended.")).to_have_count(0)
    chat.expect_texts(*QUESTIONS, "Small", "Thanks Ada, a small one is 8 EUR.", "Hi! What is your name?")


def test_an_ended_chat_begins_again_as_soon_as_one_writes(page: Page, server: Server) -> None:
    chat = order_until_size(page, server.url)
    chat.tap("Small")
    expect(page.get_by_role("status").filter(has_text="This chat has ended. Write to begin again.")).to_be_visible()
    chat.write("Hello again")
    expect(page.get_by_text("This chat has ended.")).to_have_count(0)
    expect(chat.messages.last).to_have_text("Hi! What is your name?")


def test_starting_over_in_the_middle_puts_old_suggestions_away(page: Page, server: Server) -> None:
    chat = order_until_size(page, server.url)
    chat.tap("Start over")
    chat.expect_texts(*QUESTIONS, "Hi! What is your name?")
    expect(chat.button("Large")).to_have_count(0)


def test_an_answer_that_fits_nothing_is_asked_again(page: Page, server: Server) -> None:
    chat = order_until_size(page, server.url)
    chat.write("medium")
    chat.expect_texts(*QUESTIONS, "medium", "Small or large?")
    chat.tap("Large")
    chat.expect_texts(*QUESTIONS, "medium", "Small or large?", "Large", "Thanks Ada, a large one is 10 EUR.")


def test_a_handover_is_told(page: Page, server: Server) -> None:
    chat = order_until_size(page, server.url)
    chat.write("a person please")
    expect(page.get_by_text("You are with a person now.")).to_be_visible()


def test_messages_have_times_and_ticks(page: Page, server: Server) -> None:
    chat = order_until_size(page, server.url)
    own = chat.log.get_by_role("listitem").filter(has_text="Ada").first
    expect(own.locator("time")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    expect(own).to_contain_text("Received by the chatbot")


def test_lines_stay_lines_and_markup_stays_text(page: Page, server: Server) -> None:
    chat = open_chat(page, server.url, "Pizza order")
    chat.expect_texts("Hi! What is your name?")
    chat.composer.fill("<b>Ada</b>")
    chat.composer.press("Shift+Enter")
    chat.composer.press_sequentially("Lovelace")
    chat.composer.press("Enter")
    expect(chat.messages.nth(1)).to_have_text("<b>Ada</b>\nLovelace")
    expect(chat.messages.nth(2)).to_have_text("Which size, <b>Ada</b>\nLovelace?")
    assert chat.texts()[1] == "<b>Ada</b>\nLovelace"


def test_one_can_read_back_and_return_to_the_newest_message(page: Page, server: Server) -> None:
    chat = order_until_size(page, server.url)
    for number in range(4):
        chat.write(f"no size {number}")
        expect(chat.messages).to_have_count(5 + 2 * number)
    newest = chat.messages.last
    expect(newest).to_be_in_viewport()
    chat.log.focus()
    page.keyboard.press("Home")
    expect(chat.messages.first).to_be_in_viewport()
    expect(newest).not_to_be_in_viewport()
    chat.tap("To the newest message")
    expect(newest).to_be_in_viewport()
    expect(chat.button("To the newest message")).to_have_count(0)
    expect(chat.log).to_be_focused()


def test_a_chat_with_nobody_says_so(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/chat/nobody")
    expect(page.get_by_role("alert")).to_contain_text("This chat cannot be opened")
    page.get_by_role("link", name="See all chatbots").click()
    expect(page).to_have_url(f"{server.url}/")


def test_the_page_calls_its_own_server_only(page: Page, server: Server) -> None:
    called: set[str] = set()
    page.on("request", lambda request: called.add(request.url))
    page.on("websocket", lambda connection: called.add(connection.url.replace("ws:", "http:", 1)))
    order_until_size(page, server.url)
    assert {url for url in called if not url.startswith(f"{server.url}/")} == set()
    assert len(called) > 3
