"""Outbound webhooks by the page: made, tested, what they were told, and sent again (AP-3, AS-5)."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.chat import order_until_size
from tests.e2e.conftest import NewContext
from tests.e2e.test_accessibility import objections
from tests.e2e.workspace import NewWorkspace, Workspace

ADDRESS = "https://hooks.example.com/botflow"


@pytest.fixture(autouse=True)
def no_webhooks(workspace: Workspace) -> Iterator[None]:
    """The server is shared: nothing is left behind that would be told of other tests' chats."""
    yield
    for webhook in workspace.ask("GET", "/webhooks")["items"]:
        workspace.ask("DELETE", f"/webhooks/{webhook['id']}")


def choose(workspace: Workspace, label: str, *names: str) -> None:
    workspace.page.get_by_role("combobox", name=label).click()
    for name in names:
        workspace.page.get_by_role("option", name=name).click()
    workspace.page.keyboard.press("Escape")


def test_a_webhook_is_made_and_its_secret_shown_once(workspace: Workspace) -> None:
    page = workspace.page
    workspace.open("/webhooks", "Webhooks")
    expect(page.get_by_text("There is no webhook yet")).to_be_visible()
    workspace.page.get_by_role("button", name="New webhook").first.click()
    workspace.dialog.get_by_label("Name").fill("CRM")
    workspace.dialog.get_by_label("Address").fill("http://hooks.example.com/botflow")
    choose(workspace, "Events", "A contact wrote", "A chat ended")
    workspace.press("Make it")
    expect(workspace.dialog.get_by_label("Address")).to_have_attribute("aria-invalid", "true")
    workspace.dialog.get_by_label("Address").fill(ADDRESS)
    workspace.press("Make it")
    secret = workspace.dialog.get_by_label("Secret")
    assert secret.input_value().startswith("whsec_")
    workspace.dialog.get_by_role("button", name="I have it").click()
    row = workspace.row("CRM")
    expect(row).to_contain_text("A contact wrote, A chat ended")
    expect(row).to_contain_text("On")
    assert objections(page) == []


def test_what_a_webhook_was_told_is_listed_and_sent_again(workspace: Workspace, new_context: NewContext) -> None:
    made: Any = workspace.ask(
        "POST", "/webhooks", {"name": "Told", "address": ADDRESS, "events": ["message.received", "thread.started"]}
    )
    order_until_size(new_context().new_page(), workspace.server.url, "Hugo")
    workspace.open(f"/webhooks/{made['id']}", "Told")
    told = workspace.page.get_by_role("grid", name="What it was told").get_by_role("row")
    first: Locator = told.filter(has_text="A contact wrote").first
    expect(first).to_contain_text("Waiting")
    first.get_by_role("button", name="Send again").click()
    workspace.says("It is sent again")
    workspace.press("Send a test event")
    expect(workspace.page.get_by_role("alert").filter(has_text="hooks.example.com")).to_be_visible(timeout=30_000)
    workspace.page.get_by_role("switch", name="On").click()
    workspace.press("Save")
    workspace.says("The webhook is saved")
    expect(workspace.page.get_by_text("It is off")).to_be_visible()
    workspace.press("Delete")
    workspace.dialog.get_by_role("button", name="Delete").click()
    expect(workspace.page.get_by_role("heading", name="Webhooks", level=1)).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_objects_to_nothing(new_workspace: NewWorkspace, theme: str) -> None:
    page = new_workspace(theme=theme)
    made = page.ask("POST", "/webhooks", {"name": "Looked at", "address": ADDRESS, "events": []})
    page.open(f"/webhooks/{made['id']}", "Looked at")
    expect(page.page.get_by_role("grid", name="What it was told")).to_be_visible()
    assert objections(page.page) == []
