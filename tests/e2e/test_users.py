"""Users and departments by the page (AC-1, AC-2)."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NewContext
from tests.e2e.test_accessibility import objections
from tests.e2e.workspace import Workspace


def invited(workspace: Workspace, login: str, role: str = "noc_engineer") -> dict[str, Any]:
    """A user of the company, with the one-time password."""
    body = {"login": login, "name": login.title(), "role": role}
    made: dict[str, Any] = workspace.ask("POST", "/users", body)
    return made


def choose(workspace: Workspace, field: str, option: str) -> None:
    workspace.page.get_by_role("combobox", name=field).click()
    workspace.page.get_by_role("option", name=option, exact=True).click()


def act(workspace: Workspace, row: str, action: str) -> None:
    workspace.row(row).get_by_role("button", name="more").click()
    workspace.page.get_by_role("menuitem", name=action, exact=True).click()


def test_who_is_invited_signs_in_with_the_password_that_is_shown_once(
    workspace: Workspace, new_context: NewContext
) -> None:
    workspace.open("/users", "Users")
    workspace.press("Invite a user")
    workspace.dialog.get_by_label("Login").fill("ann@example.com")
    workspace.dialog.get_by_label("Name").fill("Ann")
    choose(workspace, "Role", "NOC engineer")
    workspace.press("Invite")
    password = workspace.dialog.get_by_role("textbox", name="One-time password").input_value()
    expect(workspace.dialog).to_contain_text("ann@example.com")
    workspace.press("Copy")
    assert workspace.page.evaluate("navigator.clipboard.readText()") == password
    workspace.press("I have it")
    expect(workspace.row("ann@example.com")).to_contain_text("NOC engineer")
    page = new_context().new_page()
    page.goto(f"{workspace.server.url}/chatbots")
    page.get_by_label("Login").fill("ann@example.com")
    page.get_by_label("Password", exact=False).first.fill(password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Choose a new password")).to_be_visible()


def test_a_user_is_invited_by_keyboard_alone(workspace: Workspace) -> None:
    workspace.open("/users", "Users")
    page = workspace.page
    page.get_by_role("button", name="Invite a user").focus()
    page.keyboard.press("Enter")
    expect(workspace.dialog.get_by_label("Login")).to_be_focused()
    page.keyboard.type("keys@example.com")
    page.keyboard.press("Tab")
    page.keyboard.type("Kay")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    workspace.dialog.get_by_label("Name").focus()
    page.keyboard.press("Enter")
    expect(workspace.dialog.get_by_role("textbox", name="One-time password")).to_be_visible()
    workspace.press("I have it")
    expect(workspace.row("keys@example.com")).to_contain_text("Broadcast manager")


def test_what_the_server_refuses_is_told_in_the_form_and_what_was_typed_stays(workspace: Workspace) -> None:
    invited(workspace, "taken@example.com")
    workspace.open("/users", "Users")
    workspace.press("Invite a user")
    workspace.press("Invite")
    expect(workspace.dialog).to_contain_text("at least 1")
    workspace.dialog.get_by_label("Login").fill("taken@example.com")
    workspace.dialog.get_by_label("Name").fill("Another")
    choose(workspace, "Role", "Admin")
    workspace.press("Invite")
    expect(workspace.dialog.get_by_role("alert")).to_contain_text("This login is taken")
    workspace.page.locator(".MuiDialog-container").click(position={"x": 5, "y": 5})
    expect(workspace.dialog.get_by_label("Name")).to_have_value("Another")


def test_a_user_is_changed_at_an_address_of_their_own(workspace: Workspace) -> None:
    user = invited(workspace, "moves@example.com")
    department = workspace.ask("POST", "/departments", {"name": "Night shift"})
    workspace.open("/users", "Users")
    workspace.row("moves@example.com").get_by_role("link").click()
    expect(workspace.page).to_have_url(f"{workspace.server.url}/users/{user['id']}")
    workspace.page.get_by_label("Name").fill("Mo")
    choose(workspace, "Role", "Finance manager")
    choose(workspace, "Department", "Night shift")
    choose(workspace, "Language", "Español")
    workspace.page.get_by_label("Time zone").fill("Madrid")
    workspace.page.get_by_role("option", name="Europe/Madrid").click()
    workspace.press("Save")
    workspace.says("Mo is changed")
    expect(workspace.page.get_by_role("heading", name="Mo", level=1)).to_be_visible()
    kept = workspace.ask("GET", f"/users/{user['id']}")
    wanted = {"name": "Mo", "role": "finance_manager", "language": "es", "time_zone": "Europe/Madrid"}
    assert kept.items() >= {**wanted, "department_id": department["id"]}.items()


def test_a_user_is_blocked_and_let_in_again_and_deleted(workspace: Workspace) -> None:
    user = invited(workspace, "comes@example.com")
    workspace.open("/users", "Users")
    act(workspace, "comes@example.com", "Block")
    workspace.press("Block")
    expect(workspace.row("comes@example.com")).to_contain_text("Blocked")
    workspace.open(f"/users/{user['id']}", "Comes@Example.Com")
    expect(workspace.page.get_by_text("Somebody has blocked this user.")).to_be_visible()
    workspace.press("Let in again")
    workspace.says("can sign in again")
    workspace.press("New one-time password")
    workspace.dialog.get_by_role("button", name="New one-time password").click()
    expect(workspace.dialog.get_by_role("textbox", name="One-time password")).not_to_have_value("")
    workspace.press("I have it")
    workspace.press("Delete")
    workspace.dialog.get_by_role("button", name="Delete").click()
    expect(workspace.page.get_by_role("heading", name="Users", level=1)).to_be_visible()
    expect(workspace.row("comes@example.com")).to_have_count(0)


def test_nobody_blocks_deletes_or_demotes_themselves(workspace: Workspace) -> None:
    me = workspace.ask("GET", "/me")
    workspace.open(f"/users/{me['id']}", me["name"])
    expect(workspace.page.get_by_text("Nobody changes their own role")).to_be_visible()
    expect(workspace.page.get_by_role("button", name="Block")).to_have_count(0)


def test_an_address_of_nobody_says_so(workspace: Workspace) -> None:
    workspace.page.goto(f"{workspace.server.url}/users/nobody")
    expect(workspace.page.get_by_role("heading", name="There is no such page")).to_be_visible()


def test_a_department_is_made_renamed_and_deleted(workspace: Workspace) -> None:
    workspace.ask("POST", "/departments", {"name": "Support"})
    workspace.open("/departments", "Departments")
    workspace.press("New department")
    workspace.page.keyboard.type("Support")
    workspace.page.keyboard.press("Enter")
    expect(workspace.dialog.get_by_role("alert")).to_contain_text("already")
    workspace.dialog.get_by_label("Name").fill("Sales")
    workspace.page.keyboard.press("Enter")
    workspace.row("Sales").get_by_role("button", name="Rename Sales").click()
    workspace.dialog.get_by_label("Name").fill("Sales and more")
    workspace.press("Save")
    workspace.row("Sales and more").get_by_role("button", name="Delete Sales and more").click()
    workspace.dialog.get_by_role("button", name="Delete").click()
    expect(workspace.row("Sales and more")).to_have_count(0)
    expect(workspace.row("Support")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_objects_to_nothing(new_workspace: Any, theme: str) -> None:
    workspace = new_workspace(theme=theme)
    user = invited(workspace, f"seen-{theme}@example.com")
    workspace.ask("POST", "/departments", {"name": f"Seen {theme}"})
    for path, title in (("/users", "Users"), ("/departments", "Departments")):
        workspace.open(path, title)
        expect(workspace.row("een").first).to_be_visible()
        assert objections(workspace.page) == []
    workspace.open(f"/users/{user['id']}", user["name"])
    assert objections(workspace.page) == []
    workspace.open("/users", "Users")
    workspace.press("Invite a user")
    expect(workspace.dialog).to_be_visible()
    assert objections(workspace.page) == []
