"""Sender IDs by the page: an application is written beside a phone, sent in, decided and connected (AS-2)."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.conftest import Server
from tests.e2e.host import upload
from tests.e2e.test_accessibility import objections
from tests.e2e.workspace import NewWorkspace, Workspace
from tests.server.files import picture
from tests.server.test_registration_rules import RCS, SMS

LOGO, BANNER, WIDE = "tansy-logo", "tansy-banner", "tansy-wide"
AGENT = "Tansy's pancakes"


@pytest.fixture(scope="module", autouse=True)
def library(browser: Browser, owned_server: Server) -> None:
    """The library has a logo, a banner, and a picture that is neither."""
    pictures = {LOGO: picture("PNG", 240, 240), BANNER: picture("PNG", 1440, 448), WIDE: picture("JPEG", 500, 300)}
    upload(browser, owned_server.url, pictures)


@pytest.fixture
def applicant(workspace: Workspace) -> Workspace:
    """A company that has applied for nothing yet."""
    for one in workspace.ask("GET", "/sender-registrations?limit=200")["items"]:
        if "canceled" in one["next"]:
            workspace.ask("POST", f"/sender-registrations/{one['id']}/status", {"status": "canceled"})
        workspace.ask("DELETE", f"/sender-registrations/{one['id']}")
    return workspace


def make(workspace: Workspace, channel: str = "rcs", *statuses: str, **fields: Any) -> str:
    """An application that has come to these statuses, one after the other."""
    details = {**RCS, "logo": LOGO, "background": BANNER} if channel == "rcs" else SMS
    name = AGENT if channel == "rcs" else "Tansy"
    new = {"channel": channel, "name": name, "details": details, **fields}
    made = str(workspace.ask("POST", "/sender-registrations", new)["id"])
    for status in statuses:
        workspace.ask("POST", f"/sender-registrations/{made}/status", {"status": status})
    return made


def phone(workspace: Workspace) -> Locator:
    return workspace.page.get_by_role("group", name="The message as contacts see it")


def field(workspace: Workspace, name: str) -> Locator:
    return workspace.page.get_by_role("main").get_by_role("textbox", name=name)


def choose(workspace: Workspace, part: str, file: str) -> None:
    """Take a picture from the library."""
    group = workspace.page.get_by_role("group", name=part, exact=True)
    group.get_by_role("button", name="Choose").click()
    workspace.dialog.get_by_role("button", name=file).click()
    expect(group).to_contain_text(file)


def decide(workspace: Workspace, status: str, note: str, identity: str | None = None) -> None:
    workspace.press("Record a decision")
    workspace.dialog.get_by_role("combobox", name="Status").click()
    workspace.page.get_by_role("option", name=status, exact=True).click()
    workspace.dialog.get_by_role("textbox", name="Note").fill(note)
    if identity is not None:
        workspace.dialog.get_by_role("textbox", name="Sender ID").fill(identity)
    workspace.dialog.get_by_role("button", name="Record", exact=True).click()
    workspace.says("The decision is recorded")


def test_an_agent_is_described_sent_in_approved_and_connected(applicant: Workspace) -> None:
    page = applicant.page
    applicant.open("/senders", "Senders")
    page.get_by_role("tab", name="Sender IDs").click()
    page.get_by_role("link", name="Apply for RCS").click()
    field(applicant, "Sender name").fill(AGENT)
    expect(page.get_by_text("16 / 40")).to_be_visible()
    field(applicant, "Description").fill("x" * 101)
    expect(page.get_by_text("101 / 100")).to_be_visible()
    field(applicant, "Description").blur()
    expect(field(applicant, "Description")).to_have_accessible_description(
        "Shorten this: it has 101 characters, and may have 100. 101 / 100"
    )
    field(applicant, "Description").fill("Pancakes, made when you order them")
    choose(applicant, "Logo", WIDE)
    expect(page.get_by_text("this one has 500 × 300")).to_be_visible()
    choose(applicant, "Logo", LOGO)
    choose(applicant, "Background", BANNER)
    expect(page.get_by_text("this one has")).to_have_count(0)
    applicant.press("Save draft")
    applicant.says("The application is saved")
    expect(page.get_by_role("heading", name=AGENT, level=1)).to_be_visible()

    applicant.press("Send in")
    expect(page.get_by_role("button", name="Add a phone number")).to_be_focused()
    expect(page.get_by_text("3 things to mend before it can be sent in")).to_be_visible()
    applicant.press("Add a phone number")
    expect(field(applicant, "Phone number")).to_be_focused()
    page.keyboard.type("+34 911 234 567")
    field(applicant, "Text of the button").fill("Call the shop")
    page.get_by_role("textbox", name="Colour", exact=True).fill("#C2185B")
    field(applicant, "Privacy policy").fill("https://tansy.example/privacy")
    field(applicant, "Terms of service").fill("https://tansy.example/terms")
    shown = phone(applicant)
    expect(shown).to_contain_text("Pancakes, made when you order them")
    expect(shown.get_by_role("list", name="Contact information")).to_contain_text("Call the shop")
    for index, width in enumerate((1440, 240)):
        expect(shown.locator("img").nth(index)).to_have_js_property("naturalWidth", width)
    applicant.press("Send in")
    expect(page.get_by_role("main")).to_contain_text("Submitted")

    with page.expect_download() as download:
        page.get_by_role("link", name="Download the application").click()
    handed = json.loads(Path(download.value.path()).read_text())
    assert (handed["name"], sorted(file["key"] for file in handed["files"])) == (AGENT, [BANNER, LOGO])

    decide(applicant, "Active", "Live since Monday.", "tansy@rbm.example")
    expect(page.get_by_role("main")).to_contain_text("Live since Monday.")
    page.get_by_role("link", name="Connect this sender").click()
    expect(page.get_by_role("heading", name="Connect: RCS Business Messaging", level=1)).to_be_visible()
    expect(page.get_by_role("textbox", name="Name")).to_have_value(AGENT)
    expect(page.get_by_role("textbox", name="Identity")).to_have_value("tansy@rbm.example")


def test_an_sms_sender_is_applied_for_canceled_and_deleted(applicant: Workspace) -> None:
    page = applicant.page
    applicant.open("/sender-ids/new/sms", "Application for SMS")
    field(applicant, "Sender name").fill("Tansy's pancakes")
    field(applicant, "Sender name").blur()
    expect(page.get_by_text("Write up to 11 letters and digits")).to_be_visible()
    field(applicant, "Sender name").fill("Tansy")
    field(applicant, "Company").fill("Tansy Pancakes S.L.")
    page.get_by_role("combobox", name="Countries").fill("Spai")
    page.get_by_role("option", name="Spain").click()
    field(applicant, "What it is used for").fill("Confirms orders.")
    field(applicant, "Sample message").fill("Your order 81 has left.")
    expect(phone(applicant)).to_contain_text("Your order 81 has left.")
    expect(page.get_by_text("All rules are kept.")).to_be_visible()
    applicant.press("Send in")
    expect(page.get_by_role("alert").filter(has_text="Submitted")).to_be_visible()
    (listed,) = applicant.ask("GET", "/sender-registrations")["items"]
    stored = applicant.ask("GET", f"/sender-registrations/{listed['id']}")
    assert (stored["status"], stored["details"]["countries"]) == ("submitted", ["ES"])

    applicant.press("Cancel the application")
    applicant.dialog.get_by_role("button", name="Cancel the application").click()
    expect(page.get_by_role("alert").filter(has_text="Canceled")).to_be_visible()
    expect(field(applicant, "Company")).not_to_be_editable()
    applicant.press("Delete")
    applicant.dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="Sender IDs", level=1)).to_be_visible()
    assert applicant.ask("GET", "/sender-registrations")["items"] == []


def test_what_was_rejected_is_worked_on_again(applicant: Workspace) -> None:
    made = make(applicant, "sms", "submitted", "rejected")
    applicant.open(f"/sender-ids/{made}", "Tansy")
    expect(field(applicant, "Company")).not_to_be_editable()
    applicant.press("Work on it again")
    expect(field(applicant, "Company")).to_be_editable()
    field(applicant, "Company").fill("Tansy and Thyme S.L.")
    applicant.press("Send in")
    expect(applicant.page.get_by_role("alert").filter(has_text="Submitted")).to_be_visible()
    stored = applicant.ask("GET", f"/sender-registrations/{made}")
    assert (stored["status"], stored["details"]["company"]) == ("submitted", "Tansy and Thyme S.L.")


def test_sender_ids_are_found_by_status_and_channel(applicant: Workspace) -> None:
    make(applicant, "rcs", "submitted")
    make(applicant, "sms")
    applicant.open("/sender-ids", "Sender IDs")
    expect(applicant.row("Tansy")).to_have_count(2)
    filters = applicant.page.get_by_role("search", name="Filters")
    filters.get_by_role("combobox", name="Status").click()
    applicant.page.get_by_role("option", name="Submitted", exact=True).click()
    expect(applicant.row("Tansy")).to_have_count(1)
    expect(applicant.row(AGENT)).to_contain_text("RCS")
    filters.get_by_role("combobox", name="Channel").click()
    applicant.page.get_by_role("option", name="SMS", exact=True).click()
    expect(applicant.page.get_by_text("Nothing fits")).to_be_visible()
    applicant.press("Show all")
    expect(applicant.row("Tansy")).to_have_count(2)
    expect(applicant.page.get_by_role("navigation").get_by_role("link", name="Senders")).to_have_attribute(
        "aria-current", "page"
    )


def test_what_is_not_saved_is_not_left_by_a_slip(applicant: Workspace) -> None:
    applicant.open("/sender-ids/new/rcs", "Application for RCS")
    field(applicant, "Description").fill("Pancakes")
    applicant.page.get_by_role("navigation").get_by_role("link", name="Chatbots").click()
    expect(applicant.dialog).to_contain_text("You have unsaved changes")
    applicant.press("Stay here")
    expect(field(applicant, "Description")).to_have_value("Pancakes")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_objects_to_nothing(new_workspace: NewWorkspace, applicant: Workspace, theme: str) -> None:
    agent, name = make(applicant, "rcs", "submitted", "active"), make(applicant, "sms")
    seen = new_workspace(theme=theme)
    seen.open("/sender-ids", "Sender IDs")
    expect(seen.row(AGENT)).to_be_visible()
    assert objections(seen.page) == []
    for path, title in ((agent, AGENT), (name, "Tansy")):
        seen.open(f"/sender-ids/{path}", title)
        expect(seen.page.get_by_text("All rules are kept.")).to_be_visible()
        assert objections(seen.page) == []
