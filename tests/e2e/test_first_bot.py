"""A newcomer reaches a bot that is published and chats with the tutorial alone."""

from playwright.sync_api import expect

from tests.e2e.builder import Builder
from tests.e2e.chat import Chat
from tests.e2e.first_bot import WAYS, build, connect_web_chat


def test_the_tutorial_leads_to_a_bot_that_chats(builder: Builder) -> None:
    connect_web_chat(builder, "Tutorial desk")
    build(builder, "Our opening hours")
    builder.press("Try it")
    trial = builder.page.get_by_role("log")
    builder.page.get_by_role("button", name="Weekday", exact=True).last.click()
    expect(trial.get_by_text(WAYS[0][1])).to_be_visible()
    expect(builder.page.get_by_label("Write a message")).to_be_focused()

    builder.press("Publish")
    builder.dialog.get_by_role("button", name="Publish").click()
    expect(builder.dialog).to_contain_text("Version 1 is published")
    runs = builder.dialog.get_by_label("Runs on Tutorial desk")
    expect(runs).to_be_visible()
    # whose sender has no chatbot finds it before those that have one, though the list was read before it was made
    above, _, below = builder.dialog.inner_text().partition("Runs on Tutorial desk")
    assert "A sender has one chatbot for that." in below
    assert "A sender has one chatbot for that." not in above
    runs.click()
    with builder.page.context.expect_page() as opened:
        builder.dialog.get_by_role("link", name="Chat with it on Tutorial desk").click()
    chat = Chat(opened.value)
    chat.expect_texts("Do you come on a weekday or at the weekend?")
    chat.tap("Weekday")
    chat.expect_texts("Do you come on a weekday or at the weekend?", "Weekday", WAYS[0][1])
