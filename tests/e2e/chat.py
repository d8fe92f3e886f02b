"""The page as a person uses it: what one sees and does, by role and name."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect


@dataclass
class Chat:
    """An open chat."""

    page: Page

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def messages(self) -> Locator:
        return self.log.locator("ol > li p[class*=words]")

    def texts(self) -> list[str]:
        return self.messages.all_inner_texts()

    def expect_texts(self, *texts: str) -> None:
        """Wait until exactly these messages are shown, in this order."""
        expect(self.messages).to_have_text(list(texts))

    def write(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("textbox", name="Write a message")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def tap(self, name: str) -> None:
        self.button(name).click()


def open_chat(page: Page, url: str, name: str) -> Chat:
    """Go from the first page to a chat, as a person would."""
    page.goto(url)
    page.get_by_role("link", name=f"Chat with {name}").click()
    expect(page).to_have_url(re.compile("/chat/"))
    return Chat(page)


def order_until_size(page: Page, url: str, name: str = "Ada") -> Chat:
    """Chat with the pizza bot until it asks for the size."""
    chat = open_chat(page, url, "Pizza order")
    chat.expect_texts("Hi! What is your name?")
    chat.write(name)
    chat.expect_texts("Hi! What is your name?", name, f"Which size, {name}?")
    return chat
