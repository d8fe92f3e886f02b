"""Conversation templates by the page: a text with files, beside the phone that shows them (AS-3)."""

from typing import Any

from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Server
from tests.e2e.host import upload
from tests.e2e.test_accessibility import objections
from tests.e2e.workspace import Workspace
from tests.server.files import picture


def stored(workspace: Workspace) -> list[Any]:
    return list(workspace.ask("GET", "/conversation-templates")["items"])


def test_a_template_with_files_is_written_changed_and_deleted(
    workspace: Workspace, browser: Browser, owned_server: Server
) -> None:
    upload(browser, owned_server.url, {"our-menu": picture("PNG", 60, 40), "our-map": picture("PNG", 40, 60)})
    page = workspace.page
    workspace.open("/conversation-templates", "Conversation templates")
    page.get_by_role("link", name="New conversation template").first.click()
    text, files = page.get_by_role("textbox", name="Text"), page.get_by_role("region", name="Files")
    workspace.press("Save")
    expect(page.get_by_text("2 things are not right yet.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Name")).to_be_focused()
    page.keyboard.type("The menu ")
    text.fill("Hi {{first name}}")
    expect(page.get_by_text("{{first name}} is no placeholder")).to_be_visible()
    text.fill("Here it is, {{con")
    page.get_by_role("option", name="contact.name").click()
    expect(page.get_by_role("region", name="To be filled").get_by_role("listitem")).to_have_text("contact.name")
    for name in ("our-menu", "our-map"):
        files.get_by_role("button", name="Add a file").click()
        workspace.dialog.get_by_role("button", name=name).click()
    files.get_by_role("button", name="Move up: our-map").click()
    shown = page.get_by_role("group", name="The message as contacts see it")
    expect(shown.locator("article")).to_have_count(3)
    for index, width in enumerate((40, 60)):
        expect(shown.locator("img").nth(index)).to_have_js_property("naturalWidth", width)
    assert objections(page) == []
    workspace.press("Save")
    workspace.says("The conversation template is saved")
    expect(page.get_by_role("heading", name="The menu", level=1)).to_be_visible()
    page.get_by_label("Channel").select_option("SMS")
    files.get_by_role("button", name="Remove: our-menu").click()
    with page.expect_response(lambda response: response.request.method == "PATCH"):
        workspace.press("Save")
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    [kept] = stored(workspace)
    assert (kept["name"], kept["channel"], kept["files"]) == ("The menu", "sms", ["our-map"])
    assert kept["text"] == "Here it is, {{contact.name}}"

    workspace.go("Conversation templates")
    for part in ("1 file", "Here it is", "SMS"):
        expect(workspace.row("The menu")).to_contain_text(part)
    assert objections(page) == []
    workspace.press("Delete The menu")
    workspace.dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("There is no conversation template yet")).to_be_visible()
    assert stored(workspace) == []
