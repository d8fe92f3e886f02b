"""Senders by the page (AS-2, AS-5, MS-11)."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE
from tests.e2e.test_accessibility import objections, press_until_focused
from tests.e2e.workspace import NewWorkspace, Workspace

SMS = {"account_sid": "AC1", "auth_token": "first-secret"}


def connected(workspace: Workspace, **sender: Any) -> str:
    """A sender of the company; its id."""
    made = workspace.ask("POST", "/senders", sender)
    return str(made["id"])


def page_of(workspace: Workspace, name: str, **sender: Any) -> str:
    """Open the page of a new sender; its id."""
    sender_id = connected(workspace, name=name, **sender)
    workspace.open(f"/senders/{sender_id}", name)
    return sender_id


def test_a_newcomer_connects_a_web_chat(workspace: Workspace) -> None:
    """AS-5, MS-11: a name is all that a web chat needs; its page has the line for one's own page."""
    page = workspace.page
    workspace.open("/senders", "Senders")
    page.get_by_role("link", name="Connect a sender").click()
    page.get_by_role("link", name="Web chat").click()
    expect(page.get_by_label("Name")).to_be_focused()
    workspace.press("Connect a sender")
    expect(page.get_by_label("Name")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Name").fill("Shop window")
    page.get_by_label("Sites that may show the chat").fill("https://www.example.com/path")
    workspace.press("Connect a sender")
    expect(page.get_by_text("write a site as https://www.example.com")).to_be_visible()
    page.get_by_label("Sites that may show the chat").fill("https://www.example.com")
    workspace.press("Connect a sender")
    expect(page.get_by_role("heading", name="Shop window", level=1)).to_be_visible()
    workspace.press("Copy the line")
    line = page.evaluate("navigator.clipboard.readText()")
    sender_id = page.url.rpartition("/")[2]
    assert line == f'<script src="{workspace.server.url}/widget.js" data-sender="{sender_id}" async></script>'
    expect(page.get_by_role("link", name="Open the chat")).to_have_attribute("href", f"/chat/{sender_id}")


def test_a_sender_is_connected_by_keyboard_alone(workspace: Workspace) -> None:
    workspace.open("/senders/new", "Connect a sender")
    keyboard = workspace.page.keyboard
    press_until_focused(
        workspace.page,
        "Tab",
        "link",
        "Web chat A chat on this server and on your own pages. It needs no account anywhere.",
    )
    keyboard.press("Enter")
    expect(workspace.page.get_by_label("Name")).to_be_focused()
    keyboard.type("By keys")
    keyboard.press("Enter")
    expect(workspace.page.get_by_role("heading", name="By keys", level=1)).to_be_visible()


def test_a_key_of_several_lines_is_pasted_as_it_is(workspace: Workspace) -> None:
    """A private key in PEM says nothing without its lines."""
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    page = workspace.page
    workspace.open("/senders/new/web_push", "Connect: Web push")
    page.get_by_label("Name").fill("Pushes")
    page.get_by_label("Whom to ask").fill("mailto:desk@example.com")
    page.evaluate("text => navigator.clipboard.writeText(text)", pem)
    page.get_by_label("Private key", exact=False).first.focus()
    page.keyboard.press("Control+v")
    workspace.press("Connect a sender")
    expect(page.get_by_role("heading", name="Pushes", level=1)).to_be_visible()


def test_whoever_leaves_what_they_have_typed_is_asked(workspace: Workspace) -> None:
    page_of(workspace, "Kept", adapter="webchat")
    workspace.page.get_by_label("Name").fill("Kept as it is")
    workspace.page.get_by_role("navigation", name="Workspace").get_by_role("link", name="Media").click()
    workspace.dialog.get_by_role("button", name="Stay").click()
    expect(workspace.page.get_by_label("Name")).to_have_value("Kept as it is")
    workspace.press("Save")
    workspace.says("Kept as it is")
    workspace.go("Media")


def test_words_and_answers_of_consent_are_set(workspace: Workspace) -> None:
    """CO-3, CO-5: what opts out and what is answered; what cannot be is told at its field."""
    page = workspace.page
    sender_id = page_of(workspace, "With words", adapter="webchat")
    words = page.get_by_label("Words that opt out")
    words.fill("basta")
    words.press("Enter")
    page.get_by_role("switch", name="Answer whoever opts out").click()
    page.get_by_role("form", name="Consent").get_by_label("What it says").fill("You hear no more from us.")
    page.get_by_label("Nothing is sent from").fill("22:00")
    workspace.press("Save consent")
    expect(page.get_by_label("Nothing is sent from")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("until", exact=True).fill("08:00")
    workspace.press("Save consent")
    workspace.says("The consent settings are saved")
    kept = workspace.ask("GET", f"/senders/{sender_id}/consent")
    assert (kept["opt_out_words"], kept["quiet_from"], kept["quiet_till"]) == (["basta"], "22:00", "08:00")
    assert kept["opt_out_response"] == {"type": "text", "text": "You hear no more from us."}
    assert objections(page) == []


def test_a_secret_is_never_shown_and_stays_unless_it_is_typed_anew(workspace: Workspace) -> None:
    """AS-5."""
    page = workspace.page
    workspace.open("/senders/new/sms_http", "Connect: SMS over HTTP (Twilio)")
    page.get_by_label("Name").fill("Texts")
    workspace.press("Connect a sender")
    expect(page.get_by_label("Account sid")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Account sid").fill("AC1")
    page.get_by_label("Auth token").fill("first-secret")
    workspace.press("Connect a sender")
    expect(page.get_by_role("heading", name="Texts", level=1)).to_be_visible()
    expect(page.get_by_label("Auth token")).to_have_value("")
    expect(page.get_by_text("Set. Leave it empty to keep it.")).to_be_visible()
    page.get_by_label("Identity").fill("+34600000001")
    workspace.press("Save")
    workspace.says("Texts is saved.")
    sender = workspace.ask("GET", f"/senders/{page.url.rpartition('/')[2]}")
    assert sender["identity"] == "+34600000001"
    assert sender["secrets"] == {"auth_token": True}


def test_a_status_catches_the_eye_in_the_table(workspace: Workspace) -> None:
    """AS-2."""
    page_of(workspace, "Gone quiet", adapter="webchat")
    page = workspace.page
    page.get_by_role("combobox", name="Status").click()
    page.get_by_role("option", name="Blocked").click()
    workspace.press("Save")
    expect(page.get_by_text("This sender is not active")).to_be_visible()
    workspace.go("Senders")
    expect(workspace.row("Gone quiet")).to_contain_text("Blocked")


def test_a_connection_is_tested_and_the_webhook_gets_another_address(workspace: Workspace) -> None:
    """AS-5: the vendor cannot be reached from here, and the page says so."""
    sender_id = page_of(workspace, "Tested", adapter="sms_http", credentials=SMS | {"base_url": "http://127.0.0.1:9"})
    workspace.press("Test connection")
    expect(workspace.page.get_by_text("It does not work.")).to_be_visible()
    address = workspace.page.get_by_role("textbox", name="Address", exact=True)
    before = address.input_value()
    workspace.press("Make another address")
    workspace.dialog.get_by_role("button", name="Make another address").click()
    expect(address).not_to_have_value(before)
    assert workspace.ask("GET", f"/senders/{sender_id}/webhook")["url"] == address.input_value()


def test_a_sender_is_deleted(workspace: Workspace) -> None:
    page_of(workspace, "Short-lived", adapter="webchat")
    workspace.press("Delete")
    workspace.dialog.get_by_role("button", name="Delete").click()
    expect(workspace.page.get_by_role("heading", name="Senders", level=1)).to_be_visible()
    expect(workspace.row("Short-lived")).to_have_count(0)


def test_the_server_says_why_a_sender_stays(workspace: Workspace) -> None:
    """A chatbot stands on it (409)."""
    name = "In use"
    workspace.page.route(
        "**/api/v1/senders/*",
        lambda route: (
            route.fulfill(
                status=409,
                content_type="application/problem+json",
                body='{"title": "Conflict", "status": 409, "detail": "Chatbots are enabled on this sender."}',
            )
            if route.request.method == "DELETE"
            else route.continue_()
        ),
    )
    page_of(workspace, name, adapter="webchat")
    workspace.press("Delete")
    workspace.dialog.get_by_role("button", name="Delete").click()
    expect(workspace.dialog).to_contain_text("Chatbots are enabled on this sender.")


@pytest.mark.parametrize(("theme", "size"), [("light", (1280, 800)), ("dark", PHONE)])
def test_axe_objects_to_nothing(new_workspace: NewWorkspace, theme: str, size: tuple[int, int]) -> None:
    workspace = new_workspace(theme=theme, size=size)
    sender_id = connected(workspace, name="Looked at", adapter="sms_http", credentials=SMS)
    for path, title in {
        "/senders": "Senders",
        "/senders/new": "Connect a sender",
        "/senders/new/smpp": "Connect: SMS over SMPP",
        f"/senders/{sender_id}": "Looked at",
    }.items():
        workspace.open(path, title)
        workspace.page.wait_for_load_state("networkidle")
        assert objections(workspace.page) == []
