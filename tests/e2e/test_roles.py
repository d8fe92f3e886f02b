"""Roles by the page (AC-1)."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NewContext
from tests.e2e.test_accessibility import objections
from tests.e2e.workspace import Workspace, ask

ROLE_PASSWORD = "Another-Password-9"


def made(workspace: Workspace, name: str, *permissions: str) -> str:
    """A role of the company; its id."""
    role: dict[str, Any] = workspace.ask("POST", "/roles", {"name": name, "permissions": permissions})
    return str(role["id"])


def of_role(workspace: Workspace, new_context: NewContext, role: str, login: str) -> Workspace:
    """Somebody else with a role, signed in."""
    user = workspace.ask("POST", "/users", {"login": login, "name": login, "role": role})
    context, server = new_context(), workspace.server
    given = user["one_time_password"]
    ask(context, server, "POST", "/session", {"login": login, "password": given})
    ask(context, server, "PUT", "/me/password", {"current": given, "new": ROLE_PASSWORD})
    return Workspace(context.new_page(), server)


def test_a_role_is_made_of_a_template_and_of_check_boxes(workspace: Workspace) -> None:
    workspace.open("/roles", "Roles")
    workspace.page.get_by_role("link", name="New role").click()
    page = workspace.page
    page.get_by_role("textbox", name="Name").fill("Night shift")
    page.get_by_role("combobox", name="Start from").click()
    page.get_by_role("option", name="NOC engineer").click()
    expect(page.get_by_label("send dead letters again")).to_be_checked()
    page.get_by_label("send dead letters again").uncheck()
    page.get_by_role("group", name="Contacts").get_by_label("Contacts", exact=True).check()
    workspace.press("Make the role")
    expect(workspace.row("Night shift")).to_contain_text("Your company")
    role = next(one for one in workspace.ask("GET", "/roles")["items"] if one["name"] == "Night shift")
    assert {"contacts.view", "contacts.edit", "contacts.erase", "operation.view"} <= set(role["permissions"])
    assert "operation.act" not in role["permissions"]


def test_a_role_is_changed_by_keyboard_alone(workspace: Workspace) -> None:
    role = made(workspace, "Readers", "media.view")
    workspace.open(f"/roles/{role}", "Readers")
    page = workspace.page
    page.get_by_label("see contacts").focus()
    page.keyboard.press("Space")
    page.get_by_role("textbox", name="Name").focus()
    page.keyboard.press("End")
    page.keyboard.type(" of all")
    page.keyboard.press("Enter")
    workspace.says("The role Readers of all is changed")
    assert workspace.ask("GET", f"/roles/{role}")["permissions"] == ["contacts.view", "media.view"]


def test_the_systems_roles_are_looked_at_and_copied(workspace: Workspace) -> None:
    workspace.open("/roles", "Roles")
    workspace.row("Finance manager").get_by_role("link").click()
    expect(workspace.page.get_by_role("heading", name="Finance manager", level=1)).to_be_visible()
    expect(workspace.page.get_by_role("textbox", name="Name")).to_be_disabled()
    expect(workspace.page.get_by_role("button", name="Save")).to_have_count(0)
    workspace.page.get_by_role("link", name="Make one like it").click()
    expect(workspace.page.get_by_role("textbox", name="Name")).to_have_value("Finance manager (copy)")
    expect(workspace.page.get_by_label("see what became of messages")).to_be_checked()


def test_what_the_server_refuses_is_told_in_the_form(workspace: Workspace) -> None:
    made(workspace, "Taken")
    workspace.open("/roles/new", "New role")
    workspace.press("Make the role")
    expect(workspace.page.get_by_text("at least 1")).to_be_visible()
    workspace.page.get_by_role("textbox", name="Name").fill("Taken")
    workspace.press("Make the role")
    expect(workspace.page.get_by_role("alert")).to_contain_text("already")
    expect(workspace.page.get_by_role("textbox", name="Name")).to_have_value("Taken")


def test_a_role_that_somebody_has_is_not_deleted(workspace: Workspace) -> None:
    role = made(workspace, "Leads", "media.view")
    user = workspace.ask("POST", "/users", {"login": "lead", "name": "Lead", "role": role})
    workspace.open(f"/roles/{role}", "Leads")
    workspace.press("Delete")
    workspace.dialog.get_by_role("button", name="Delete").click()
    expect(workspace.dialog).to_contain_text("Some users have this role")
    workspace.ask("DELETE", f"/users/{user['id']}")
    workspace.dialog.get_by_role("button", name="Delete").click()
    expect(workspace.page.get_by_role("heading", name="Roles", level=1)).to_be_visible()
    expect(workspace.row("Leads")).to_have_count(0)


def test_nobody_gives_what_they_do_not_have(workspace: Workspace, new_context: NewContext) -> None:
    strong = made(workspace, "Strong", "contacts.erase")
    weak = made(workspace, "Weak", "users.view", "roles.edit", "media.view")
    theirs = of_role(workspace, new_context, weak, "weak")
    theirs.open("/roles/new", "New role")
    expect(theirs.page.get_by_label("erase contacts for good")).to_be_disabled()
    expect(theirs.page.get_by_label("see and download files")).to_be_enabled()
    theirs.open(f"/roles/{strong}", "Strong")
    expect(theirs.page.get_by_role("alert")).to_contain_text("you cannot change it")
    theirs.open("/users", "Users")
    expect(theirs.page.get_by_role("button", name="Invite a user")).to_have_count(0)


def test_every_permission_is_told_in_the_servers_words(workspace: Workspace) -> None:
    workspace.open("/roles/new", "New role")
    for permission in workspace.ask("GET", "/permissions")["items"]:
        expect(workspace.page.get_by_role("checkbox", name=permission["sentence"], exact=True)).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_objects_to_nothing(new_workspace: Any, theme: str) -> None:
    workspace = new_workspace(theme=theme)
    role = made(workspace, f"Seen {theme}", "media.view")
    workspace.open("/roles", "Roles")
    expect(workspace.row("Finance manager")).to_be_visible()
    assert objections(workspace.page) == []
    for path, title in ((f"/roles/{role}", f"Seen {theme}"), ("/roles/admin", "Admin"), ("/roles/new", "New role")):
        workspace.open(path, title)
        expect(workspace.page.get_by_role("checkbox").first).to_be_visible()
        assert objections(workspace.page) == []
