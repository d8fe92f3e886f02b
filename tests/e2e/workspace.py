"""People who build: how they come in, and what their pages have in common."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.conftest import Server
from tests.e2e.host import PASSWORD


def sign_in(context: BrowserContext, server: Server, login: str = "admin", password: str = PASSWORD) -> None:
    """Sign in without the page."""
    ask(context, server, "POST", "/session", {"login": login, "password": password})


def ask(context: BrowserContext, server: Server, method: str, path: str, body: Any = None) -> Any:
    """Call the API as whoever is signed in; its answer. It has to be a success."""
    address, headers = f"{server.url}/api/v1{path}", {"Origin": server.url}
    # the server ends connections that rest, maybe just as one is used again: nothing was done then
    answer = context.request.fetch(address, method=method, headers=headers, data=body, max_retries=3)
    assert answer.ok, answer.text()
    return answer.json() if answer.body() else None


class Workspace:
    """A page of the workspace, as somebody who uses it sees it."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server

    def open(self, path: str, title: str) -> None:
        """Come to an address; returns when the page with this title is there."""
        self.page.goto(f"{self.server.url}{path}")
        expect(self.page.get_by_role("heading", name=title, level=1)).to_be_visible()

    def go(self, section: str) -> None:
        """Go to a section by the navigation."""
        self.page.get_by_role("navigation", name="Workspace").get_by_role("link", name=section, exact=True).click()
        expect(self.page.get_by_role("heading", name=section, level=1)).to_be_visible()

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    @property
    def dialog(self) -> Locator:
        """The dialog that is open."""
        return self.page.get_by_role("dialog").or_(self.page.get_by_role("alertdialog"))

    def row(self, text: str) -> Locator:
        """The row of a table that has a text in it."""
        return self.page.get_by_role("row").filter(has_text=text)

    def says(self, text: str) -> None:
        """A toast says so."""
        expect(self.page.get_by_role("status").get_by_text(text)).to_be_visible()

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Call the API as whoever is signed in here."""
        return ask(self.page.context, self.server, method, path, body)


NewWorkspace = Callable[..., Workspace]
