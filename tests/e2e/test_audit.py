"""The audit log by the page (AC-3)."""

import csv
import io
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.test_accessibility import objections
from tests.e2e.workspace import Workspace

ENTRIES_OF_A_PAGE = 50


def department(workspace: Workspace, name: str) -> str:
    """A department that was made, which is an entry; its id."""
    made: dict[str, Any] = workspace.ask("POST", "/departments", {"name": name})
    return str(made["id"])


def test_old_and_new_values_are_told(workspace: Workspace) -> None:
    identity = department(workspace, "Before the change")
    workspace.ask("PUT", f"/departments/{identity}", {"name": "After the change"})
    workspace.open("/audit", "Audit log")
    row = workspace.row("After the change").first
    expect(row).to_contain_text("admin")
    expect(row).to_contain_text("name: Before the change After the change")
    row.get_by_role("button").click()
    expect(workspace.dialog.get_by_role("row", name="name Before the change After the change")).to_be_visible()
    workspace.press("Everything about it")
    expect(workspace.page).to_have_url(f"{workspace.server.url}/audit?kind=department&object_id={identity}")
    expect(workspace.row("Before the change")).to_have_count(2)
    expect(workspace.page.get_by_text("1–2 of 2")).to_be_visible()
    expect(workspace.page.get_by_role("button", name="Go to next page")).to_be_disabled()


def test_the_log_is_turned_page_by_page(workspace: Workspace) -> None:
    for number in range(ENTRIES_OF_A_PAGE + 1):
        department(workspace, f"Turned {number}")
    workspace.open("/audit?kind=department", "Audit log")
    expect(workspace.row("Turned 50")).to_be_visible()
    newest = workspace.page.get_by_role("row").nth(1).text_content()
    workspace.page.get_by_role("button", name="Go to next page").click()
    expect(workspace.page.get_by_role("row").nth(1)).not_to_contain_text(str(newest))
    expect(workspace.row("Turned 50")).to_have_count(0)
    workspace.page.get_by_role("button", name="Go to previous page").click()
    expect(workspace.row("Turned 50")).to_be_visible()


def test_the_log_is_narrowed_by_keyboard_alone_and_downloaded(workspace: Workspace) -> None:
    department(workspace, "Narrowed")
    workspace.open("/audit", "Audit log")
    page = workspace.page
    page.get_by_role("combobox", name="Who").focus()
    page.keyboard.type("admin")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="Kind").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Depart")
    page.keyboard.press("Enter")
    expect(workspace.row("Narrowed")).to_be_visible()
    expect(workspace.row("Session:")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text())))
    assert {(row["kind"], row["actor"]) for row in rows} == {("department", "admin")}


def test_filters_are_in_the_address_and_nothing_may_fit(workspace: Workspace) -> None:
    workspace.open("/audit?until=2001-01-01&kind=user", "Audit log")
    expect(workspace.page.get_by_role("heading", name="Nothing fits")).to_be_visible()
    expect(workspace.page.get_by_label("To", exact=True)).to_have_value("2001-01-01")
    workspace.page.get_by_role("button", name="Take the filters away").last.click()
    expect(workspace.page).to_have_url(f"{workspace.server.url}/audit")
    expect(workspace.row("Session: signed in").first).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_objects_to_nothing(new_workspace: Any, theme: str) -> None:
    workspace = new_workspace(theme=theme)
    identity = department(workspace, f"Logged {theme}")
    workspace.open(f"/audit?object_id={identity}", "Audit log")
    expect(workspace.row(f"Logged {theme}")).to_be_visible()
    assert objections(workspace.page) == []
    workspace.row(f"Logged {theme}").get_by_role("button").click()
    expect(workspace.dialog).to_be_visible()
    assert objections(workspace.page) == []
