"""Signing in, and out (AC-2): from the one-time password to the page that was asked for."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import FIRST_PASSWORD, NewContext, Server, running
from tests.e2e.host import PASSWORD
from tests.e2e.workspace import Workspace


def test_from_the_one_time_password_to_the_page_that_was_asked_for(
    page: Page, page_is_built: None, tmp_path: Path
) -> None:
    with running(tmp_path / "data", None) as server:
        page.goto(f"{server.url}/api-keys")
        page.get_by_label("Login").fill("admin")
        page.get_by_label("Password", exact=False).first.fill(FIRST_PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Choose a new password")).to_be_visible()
        expect(page.get_by_label("The password you have now")).to_have_count(0)  # it was typed a moment ago
        expect(page.get_by_label("New password")).to_be_focused()
        page.get_by_label("New password").fill("short")
        expect(page.get_by_role("listitem").filter(has_text="At least 8 characters")).to_contain_text("")
        page.get_by_label("New password").fill(PASSWORD)
        page.get_by_role("button", name="Save and go on").click()
        expect(page.get_by_role("heading", name="API keys", level=1)).to_be_visible()


def test_whoever_comes_back_before_they_chose_says_the_old_one_again(
    page: Page, page_is_built: None, tmp_path: Path
) -> None:
    with running(tmp_path / "data", None) as server:
        page.goto(f"{server.url}/api-keys")
        page.get_by_label("Login").fill("admin")
        page.get_by_label("Password", exact=False).first.fill(FIRST_PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Choose a new password")).to_be_visible()
        page.reload()
        page.get_by_label("The password you have now").fill(FIRST_PASSWORD)
        page.get_by_label("New password").fill(PASSWORD)
        page.get_by_role("button", name="Save and go on").click()
        expect(page.get_by_role("heading", name="API keys", level=1)).to_be_visible()


def test_a_wrong_password_is_told_and_what_was_typed_stays(page: Page, owned_server: Server) -> None:
    page.goto(f"{owned_server.url}/api-keys")
    page.get_by_label("Login").fill("nobody")
    page.get_by_label("Password", exact=False).first.fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Login")).to_have_value("nobody")


def test_signing_out_asks_who_it_is(workspace: Workspace) -> None:
    workspace.open("/api-keys", "API keys")
    workspace.page.get_by_role("button", name="Admin").click()
    workspace.page.get_by_role("menuitem", name="Sign out").click()
    expect(workspace.page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_session_that_has_ended_asks_at_the_next_thing_that_is_done(workspace: Workspace) -> None:
    workspace.open("/api-keys", "API keys")
    workspace.page.wait_for_load_state("networkidle")  # what the page asks by itself is answered
    workspace.page.context.clear_cookies()
    workspace.page.get_by_role("button", name="New key").first.click()
    expect(workspace.page.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.parametrize("language", ["es-MX"])
def test_it_speaks_spanish(new_context: NewContext, owned_server: Server, language: str) -> None:
    page = new_context(language=language).new_page()
    page.goto(f"{owned_server.url}/api-keys")
    expect(page.get_by_role("heading", name="Iniciar sesión")).to_be_visible()
