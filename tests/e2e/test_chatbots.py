"""The chatbots page: made, imported, set up, copied, enabled, deleted (CB-1 to CB-10)."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import ROOT
from tests.e2e.test_accessibility import objections
from tests.e2e.workspace import Workspace

EXAMPLE = ROOT / "examples" / "pizza-order.json"


def drop(workspace: Workspace, *files: tuple[str, str]) -> None:
    """Drop files on the page, as from the desktop."""
    workspace.page.evaluate(
        """files => {
            const data = new DataTransfer();
            for (const [name, text] of files) data.items.add(new File([text], name, {type: "application/json"}));
            const target = document.querySelector("h1");
            for (const type of ["dragenter", "dragover", "drop"])
                target.dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        list(files),
    )


def made(workspace: Workspace, name: str) -> str:
    """A chatbot with this name; its id."""
    file = json.loads(EXAMPLE.read_text()) | {"name": name}
    identity = name.lower().replace(" ", "-")
    workspace.ask("POST", "/chatbots/import", {"file": file, "id": identity, "overwrite": True})
    return identity


def test_a_chatbot_is_made_from_nothing(workspace: Workspace) -> None:
    workspace.open("/chatbots", "Chatbots")
    workspace.page.get_by_role("button", name="New chatbot").first.click()
    workspace.dialog.get_by_label("Name").fill("Opening hours")
    workspace.press("Make it")
    expect(workspace.page.get_by_role("heading", name="Opening hours", level=1)).to_be_visible()
    workspace.page.get_by_role("tab", name="Problems").click()
    expect(workspace.page.get_by_text("Nothing is wrong with it.")).to_be_visible()
    draft = workspace.ask("GET", "/chatbots/opening-hours/draft")
    assert draft["document"]["settings"]["is_default"] is True


def test_a_chatbot_is_made_from_an_example_by_keyboard_alone(workspace: Workspace) -> None:
    workspace.open("/chatbots", "Chatbots")
    page = workspace.page
    page.get_by_role("button", name="New chatbot").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Appointment").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    workspace.dialog.get_by_label("Name").focus()
    page.keyboard.type("My appointments")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="My appointments", level=1)).to_be_visible()
    assert len(workspace.ask("GET", "/chatbots/my-appointments/draft")["document"]["nodes"]) > 1


def test_dropped_files_are_checked_and_taken_in(workspace: Workspace) -> None:
    workspace.open("/chatbots", "Chatbots")
    file = json.loads(EXAMPLE.read_text()) | {"id": "dropped", "name": "Dropped"}
    broken = file | {"id": "broken", "nodes": [{"id": "a", "kind": "action", "next": ["nowhere"]}]}
    drop(workspace, ("good.json", json.dumps(file)), ("bad.json", json.dumps(broken)), ("none.json", "{"))
    expect(workspace.dialog).to_contain_text("The file is no JSON.")
    expect(workspace.dialog.get_by_role("listitem").filter(has_text="nowhere").first).to_be_visible()
    workspace.dialog.get_by_role("button", name="Import").first.click()
    expect(workspace.dialog).to_contain_text("It is imported as a draft.")
    workspace.dialog.get_by_role("link", name="Open it").click()
    expect(workspace.page.get_by_role("heading", name="Dropped", level=1)).to_be_visible()


def test_a_file_with_an_id_that_is_taken_overwrites_only_when_told_to(workspace: Workspace) -> None:
    made(workspace, "Taken")
    workspace.open("/chatbots", "Chatbots")
    file = json.loads(EXAMPLE.read_text()) | {"id": "taken", "name": "Another one"}
    drop(workspace, ("taken.json", json.dumps(file)))
    workspace.dialog.get_by_role("button", name="Import").click()
    expect(workspace.dialog.get_by_role("alert").last).to_contain_text("taken")
    assert workspace.ask("GET", "/chatbots/taken/draft")["document"]["name"] == "Taken"
    workspace.press("Replace the draft")
    expect(workspace.dialog).to_contain_text("It is imported as a draft.")
    assert workspace.ask("GET", "/chatbots/taken/draft")["document"]["name"] == "Another one"


def test_what_a_file_names_that_is_not_here_is_given_another_name(workspace: Workspace) -> None:
    """CB-9: a hand-over to a department that this company calls otherwise."""
    if not any(one["name"] == "Front office" for one in workspace.ask("GET", "/departments")["items"]):
        workspace.ask("POST", "/departments", {"name": "Front office"})
    step = {"type": "handover", "department": "reception"}
    node = {"id": "a", "kind": "action", "role": "start", "label": "To a person", "step": step}
    file = {"format": "botflow.scenario/1", "id": "mapped", "name": "Mapped", "channel": "webchat", "language": "en"}
    workspace.open("/chatbots", "Chatbots")
    drop(workspace, ("mapped.json", json.dumps(file | {"nodes": [node]})))
    workspace.dialog.get_by_label("Instead of the department reception").click()
    workspace.page.get_by_role("option", name="Front office").click()
    workspace.dialog.get_by_role("button", name="Import").click()
    expect(workspace.dialog).to_contain_text("It is imported as a draft.")
    [imported] = workspace.ask("GET", "/chatbots/mapped/draft")["document"]["nodes"]
    assert imported["step"] == step | {"department": "Front office"}


def test_settings_are_tried_and_saved(workspace: Workspace) -> None:
    identity = made(workspace, "Set up")
    workspace.open(f"/chatbots/{identity}/settings", "Set up")
    page = workspace.page
    starts = page.get_by_label("Starts it", exact=True)
    starts.fill("^pasta$")
    starts.press("Enter")
    starts.fill("(")
    starts.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="(")).to_be_visible()
    page.get_by_label("Try a message").fill("PASTA")
    expect(page.get_by_text("^pasta$ ✓")).to_be_visible()
    starts.press("Backspace")
    page.get_by_label("When a step fails").click()
    page.get_by_role("option", name="Hand over to a person").click()
    page.get_by_label("Department").first.fill("support")
    workspace.press("Save")
    workspace.says("The settings are saved in the draft.")
    settings = workspace.ask("GET", f"/chatbots/{identity}/draft")["document"]["settings"]
    assert "^pasta$" in settings["keywords"]["trigger"]
    assert settings["on_failure"] == {"action": "handover", "department": "support"}


def test_what_somebody_else_has_changed_meanwhile_is_not_overwritten(workspace: Workspace) -> None:
    identity = made(workspace, "Shared")
    workspace.open(f"/chatbots/{identity}/settings", "Shared")
    workspace.ask("PATCH", f"/chatbots/{identity}", {"name": "Theirs"})
    workspace.page.get_by_label("Name").fill("Mine")
    workspace.press("Save")
    expect(workspace.page.get_by_role("alert").first).to_be_visible()
    expect(workspace.page.get_by_label("Name")).to_have_value("Mine")
    assert workspace.ask("GET", f"/chatbots/{identity}/draft")["document"]["name"] == "Theirs"


def act(workspace: Workspace, row: str, action: str) -> None:
    """Choose an action of a row; names begin with 0, since a table draws only the rows that are in view."""
    workspace.row(row).get_by_role("button", name="more").click()
    workspace.page.get_by_role("menuitem", name=action, exact=True).click()


def test_a_chatbot_is_copied_and_deleted(workspace: Workspace) -> None:
    identity = made(workspace, "0 Original")
    workspace.open("/chatbots", "Chatbots")
    act(workspace, "0 Original", "Copy")
    workspace.press("Copy")
    workspace.says("0 Original (copy) is there now")
    act(workspace, "0 Original (copy)", "Delete")
    workspace.press("Delete")
    expect(workspace.row("0 Original (copy)")).to_have_count(0)
    assert workspace.ask("GET", f"/chatbots/{identity}/draft")["document"]["name"] == "0 Original"


def test_the_exported_file_is_the_one_that_fmt_writes(workspace: Workspace) -> None:
    identity = made(workspace, "0 Exported")
    workspace.open("/chatbots", "Chatbots")
    with workspace.page.expect_download() as download:
        act(workspace, "0 Exported", "Export")
    text = workspace.page.context.request.get(f"{workspace.server.url}/api/v1/chatbots/{identity}/file").text()
    assert download.value.suggested_filename == f"{identity}.json"
    assert download.value.path().read_text() == text


def test_a_chatbot_is_enabled_on_a_sender_as_its_default(workspace: Workspace) -> None:
    identity = made(workspace, "0 Enabled")
    workspace.ask("POST", f"/chatbots/{identity}/versions", {})
    sender: dict[str, Any] = {"id": "back-office", "name": "Back office", "adapter": "webchat", "status": "active"}
    workspace.ask("POST", "/senders", sender)
    workspace.open("/chatbots", "Chatbots")
    act(workspace, "0 Enabled", "Senders")
    workspace.dialog.get_by_label("Runs on Back office").click()
    expect(workspace.dialog.get_by_label("Runs on Back office")).to_be_checked()
    workspace.press("Close")
    expect(workspace.row("0 Enabled")).to_contain_text("Back office")


def test_the_table_remembers_its_columns_sort_and_filters(workspace: Workspace) -> None:
    """CB-1: as they were chosen, after the page was loaded again too."""
    for name in ("Remembered one", "Remembered two", "Forgotten"):
        made(workspace, name)
    page = workspace.page
    names = page.get_by_role("gridcell").filter(has=page.get_by_role("link", name=re.compile("Remembered|Forgotten")))
    header = page.get_by_role("columnheader")

    def stands() -> None:
        expect(header.filter(has_text="Description")).to_have_count(1)
        expect(header.filter(has_text="Channel")).to_have_count(0)
        expect(header.filter(has_text="Name")).to_have_attribute("aria-sort", "descending")
        expect(names).to_have_text(["Remembered two", "Remembered one"])

    workspace.open("/chatbots", "Chatbots")
    expect(header.filter(has_text="Name")).to_have_attribute("aria-sort", "ascending")
    header.filter(has_text="Name").click()
    workspace.press("Columns")
    for column, shown in (("Description", True), ("Channel", False)):
        page.get_by_role("checkbox", name=column, exact=True).set_checked(shown)
    page.keyboard.press("Escape")
    workspace.press("Filters")
    page.get_by_role("textbox", name="Value").fill("Remembered")
    expect(names).to_have_count(2)
    page.keyboard.press("Escape")
    stands()
    page.reload()
    stands()
    workspace.go("Senders")
    workspace.go("Chatbots")
    stands()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_objects_to_nothing(new_workspace: Any, theme: str) -> None:
    workspace = new_workspace(theme=theme)
    identity = made(workspace, "Accessible table")
    workspace.open("/chatbots", "Chatbots")
    assert objections(workspace.page) == []
    workspace.page.get_by_role("button", name="New chatbot").first.click()
    expect(workspace.dialog).to_be_visible()
    assert objections(workspace.page) == []
    workspace.open(f"/chatbots/{identity}/settings", "Accessible table")
    assert objections(workspace.page) == []
