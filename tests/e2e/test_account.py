"""One's own account by the page (AC-2, AC-4)."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NewContext
from tests.e2e.test_accessibility import objections
from tests.e2e.workspace import Workspace, ask, sign_in

OWN_PASSWORD = "Third-Password-9"


@pytest.fixture
def mine(workspace: Workspace, new_context: NewContext) -> Workspace:
    """A page of somebody who may see nothing but messages, and has an account of their own."""
    login = f"own-{len(workspace.ask('GET', '/users?limit=200')['items'])}"
    user = workspace.ask("POST", "/users", {"login": login, "name": "Olga Own", "role": "finance_manager"})
    context, given = new_context(), user["one_time_password"]
    ask(context, workspace.server, "POST", "/session", {"login": login, "password": given})
    ask(context, workspace.server, "PUT", "/me/password", {"current": given, "new": OWN_PASSWORD})
    return Workspace(context.new_page(), workspace.server)


def test_name_language_and_time_zone_are_ones_own(mine: Workspace) -> None:
    mine.open("/account", "My account")
    mine.page.get_by_role("textbox", name="Name").fill("Olga")
    mine.page.get_by_role("combobox", name="Time zone").fill("Bogota")
    mine.page.get_by_role("option", name="America/Bogota").click()
    mine.page.get_by_role("combobox", name="Language").click()
    mine.page.get_by_role("option", name="Español").click()
    mine.press("Save")
    expect(mine.page.get_by_role("heading", name="Mi cuenta", level=1)).to_be_visible()
    me = mine.ask("GET", "/me")
    assert (me["name"], me["own_language"], me["own_time_zone"]) == ("Olga", "es", "America/Bogota")
    mine.page.get_by_role("combobox", name="Idioma").click()
    mine.page.get_by_role("option", name="Como la empresa").click()
    mine.press("Guardar")
    mine.says("Tu cuenta ha cambiado")
    assert mine.ask("GET", "/me")["own_language"] is None


def test_a_language_of_the_menu_is_kept_with_the_account_and_spoken_at_the_next_sign_in(
    mine: Workspace, new_context: NewContext
) -> None:
    mine.page.goto(f"{mine.server.url}/account")
    mine.press("Olga Own")
    with mine.page.expect_response("**/api/v1/me"):
        mine.page.get_by_role("menuitemradio", name="Español").click()
    page = new_context().new_page()
    page.goto(f"{mine.server.url}/account")
    page.get_by_label("Login").fill(mine.ask("GET", "/me")["login"])
    page.get_by_label("Password", exact=False).first.fill(OWN_PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mi cuenta", level=1)).to_be_visible()


def test_the_account_is_reached_by_keyboard_alone(mine: Workspace) -> None:
    mine.page.goto(f"{mine.server.url}/chatbots")
    mine.page.get_by_role("button", name="Olga Own").focus()
    mine.page.keyboard.press("Enter")
    expect(mine.page.get_by_role("menuitem", name="My account")).to_be_focused()
    mine.page.keyboard.press("Enter")
    expect(mine.page.get_by_role("heading", name="My account", level=1)).to_be_visible()
    mine.page.get_by_role("textbox", name="Name").fill("")
    mine.page.keyboard.press("Enter")
    expect(mine.page.get_by_role("form", name="About you")).to_contain_text("at least 1")
    expect(mine.page.get_by_role("textbox", name="Name")).to_be_focused()


def test_what_is_wrong_with_a_password_is_told_where_it_is(mine: Workspace) -> None:
    mine.open("/account", "My account")
    form = mine.page.get_by_role("form", name="Password")
    form.get_by_label("The password you have now").fill("wrong")
    form.get_by_label("New password").fill("Fourth-Password-10")
    form.get_by_role("button", name="Change the password").click()
    expect(form).to_contain_text("this is not your present password")
    form.get_by_label("The password you have now").fill(OWN_PASSWORD)
    form.get_by_role("button", name="Change the password").click()
    expect(form.get_by_role("alert")).to_contain_text("24 hours")
    expect(form.get_by_label("New password")).to_have_value("Fourth-Password-10")


def test_a_session_is_ended_elsewhere(mine: Workspace, new_context: NewContext) -> None:
    elsewhere = new_context()
    sign_in(elsewhere, mine.server, mine.ask("GET", "/me")["login"], OWN_PASSWORD)
    mine.open("/account", "My account")
    sessions = mine.page.get_by_role("list", name="Where you are signed in").get_by_role("listitem")
    expect(sessions).to_have_count(2)
    expect(sessions.filter(has_text="this one")).to_have_count(1)
    sessions.get_by_role("button", name="End").click()
    mine.says("is signed out")
    expect(sessions).to_have_count(1)
    assert elsewhere.request.get(f"{mine.server.url}/api/v1/me").status == 401
    sessions.get_by_role("button", name="Sign out").click()
    expect(mine.page.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_objects_to_nothing(new_workspace: Any, theme: str) -> None:
    workspace = new_workspace(theme=theme)
    workspace.open("/account", "My account")
    expect(workspace.page.get_by_text("this one")).to_be_visible()
    assert objections(workspace.page) == []
