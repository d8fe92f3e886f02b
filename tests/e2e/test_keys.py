"""API keys by the page (AP-1)."""

from playwright.sync_api import expect

from tests.e2e.workspace import Workspace


def test_a_key_is_made_shown_once_and_ended(workspace: Workspace) -> None:
    workspace.open("/api-keys", "API keys")
    workspace.page.get_by_role("button", name="New key").first.click()
    workspace.press("Make the key")
    expect(workspace.dialog).to_contain_text("at least")
    workspace.dialog.get_by_label("Name").fill("CI")
    workspace.dialog.get_by_label("Scopes").fill("chatbots.view")
    workspace.page.get_by_role("option").first.click()
    workspace.dialog.get_by_label("Name").click()
    workspace.press("Make the key")
    key = workspace.dialog.get_by_role("textbox", name="Key").input_value()
    workspace.press("Copy")
    assert workspace.page.evaluate("navigator.clipboard.readText()") == key
    workspace.press("I have it")
    expect(workspace.row("CI")).to_contain_text("chatbots.view")
    headers = {"X-API-Key": key}
    address = f"{workspace.server.url}/api/v1/chatbots"
    assert workspace.page.request.get(address, headers=headers).ok
    workspace.row("CI").get_by_role("button", name="End the key CI").click()
    workspace.press("End the key")
    # behind a dialog nothing is found by its role
    expect(workspace.dialog).to_have_count(0)
    expect(workspace.row("CI")).to_have_count(0)
    assert workspace.page.context.browser is not None
    stranger = workspace.page.context.browser.new_context()
    assert stranger.request.get(address, headers=headers).status == 401
    stranger.close()
