"""WhatsApp templates by the page: written beside a phone, checked while typing, kept, handed in (AS-4, MS-6)."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from botflow.vendor_sim.whatsapp import WhatsAppCloud
from tests.e2e.conftest import BOTFLOW, NewContext, free_port, running
from tests.e2e.host import signed_in
from tests.e2e.test_accessibility import objections
from tests.e2e.workspace import NewWorkspace, Workspace, sign_in

SENDER = "template-shop"
BODY = {"type": "BODY", "text": "Order {{1}} has left.", "example": {"body_text": [["81"]]}}


def connect(workspace: Workspace, base_url: str) -> None:
    """Make a sender of WhatsApp whose vendor is at an address."""
    vendor = WhatsAppCloud()
    connected = {"identity": vendor.identity, "credentials": vendor.credentials(base_url)}
    workspace.ask("POST", "/senders", {"id": SENDER, "name": "Shop", "adapter": "whatsapp_cloud", **connected})


def make(workspace: Workspace, name: str, **fields: Any) -> str:
    new = {"sender": SENDER, "name": name, "language": "en", "category": "utility", "components": [BODY]}
    made = workspace.ask("POST", "/whatsapp-templates", new | fields)
    return str(made["id"])


@pytest.fixture
def shop(workspace: Workspace) -> Workspace:
    """A company with a sender of WhatsApp whose vendor does not answer, and no template."""
    found = {sender["id"] for sender in workspace.ask("GET", "/senders?limit=200")["items"]}
    if SENDER not in found:
        connect(workspace, "https://127.0.0.1:9/nobody")
    for template in workspace.ask("GET", "/whatsapp-templates?limit=200")["items"]:
        workspace.ask("DELETE", f"/whatsapp-templates/{template['id']}")
    return workspace


def phone(workspace: Workspace) -> Locator:
    return workspace.page.get_by_role("group", name="The message as contacts see it")


def field(workspace: Workspace, name: str) -> Locator:
    return workspace.page.get_by_role("main").get_by_role("textbox", name=name)


def open_new(workspace: Workspace) -> None:
    """A new template of the shop; the examples have senders of WhatsApp too."""
    workspace.open("/whatsapp-templates/new", "New template")
    workspace.page.get_by_role("combobox", name="Sender").click()
    workspace.page.get_by_role("option", name="Shop", exact=True).click()


def test_a_template_is_written_seen_on_the_phone_and_kept(shop: Workspace) -> None:
    shop.open("/whatsapp-templates", "WhatsApp templates")
    shop.page.get_by_role("link", name="New template").first.click()
    expect(phone(shop)).to_contain_text("The text appears here.")
    shop.page.get_by_role("combobox", name="Sender").click()
    shop.page.get_by_role("option", name="Shop", exact=True).click()
    field(shop, "Name").fill("order_sent")
    field(shop, "Body").fill("Hi *Ann*, order ")
    shop.press("Add a variable")
    field(shop, "Sample for {{1}}").fill("81")
    field(shop, "Footer").fill("Your shop")
    shop.press("Add a button")
    shop.page.get_by_role("menuitem", name="Quick reply").click()
    field(shop, "Text of the button").fill("Thanks")
    expect(phone(shop)).to_contain_text("Hi Ann, order 81")
    expect(phone(shop).get_by_role("list")).to_contain_text("Thanks")
    shop.press("Save as draft")
    shop.says("The draft is saved")
    expect(shop.page.get_by_role("heading", name="order_sent", level=1)).to_be_visible()
    stored = shop.ask("GET", "/whatsapp-templates")["items"][0]
    assert stored["components"] == [
        {"type": "BODY", "text": "Hi *Ann*, order {{1}}", "example": {"body_text": [["81"]]}},
        {"type": "FOOTER", "text": "Your shop"},
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Thanks"}]},
    ]
    expect(shop.page.get_by_role("button", name="Save as draft")).to_be_disabled()


def test_every_rule_is_told_at_its_field_while_typing(shop: Workspace) -> None:
    open_new(shop)
    field(shop, "Body").fill("x" * 551)
    expect(shop.page.get_by_text("551 / 550")).to_be_visible()
    field(shop, "Name").fill("Order sent")
    field(shop, "Name").press("Tab")
    expect(shop.page.get_by_text("it has 551, and may have at most 550")).to_be_visible()
    expect(field(shop, "Name")).to_have_accessible_description("Write at most 512 small letters a to z, digits and _.")
    shop.press("Save as draft")
    expect(field(shop, "Body")).to_be_focused()
    expect(shop.page.get_by_role("alert")).to_contain_text("Name Write at most 512")
    field(shop, "Name").fill("order_sent")
    field(shop, "Body").fill("Hello")
    expect(shop.page.get_by_text("All rules are kept.")).to_be_visible()


def test_a_carousel_is_written_by_keyboard_alone(shop: Workspace) -> None:
    shop.open("/whatsapp-templates/new", "New template")
    page = shop.page
    page.get_by_role("combobox", name="Sender").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    field(shop, "Name").focus()
    page.keyboard.type("summer")
    page.get_by_role("combobox", name="Kind").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    field(shop, "Body").first.focus()
    page.keyboard.type("Look:")
    for number in (1, 2):
        card = page.get_by_role("listitem", name=f"Card {number}", exact=True)
        card.get_by_role("textbox", name="Sample of the media").focus()
        page.keyboard.type("4::aW")
        page.keyboard.press("Tab")
        page.keyboard.type(f"Dress {number}")
        card.get_by_role("textbox", name="Text of the button").focus()
        page.keyboard.type("I want it")
    expect(phone(shop).get_by_role("list", name="Cards")).to_contain_text("Dress 2")
    page.get_by_role("button", name="Save as draft").focus()
    expect(page.get_by_text("All rules are kept.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="summer", level=1)).to_be_visible()


def test_the_focus_follows_a_button_that_is_moved(shop: Workspace) -> None:
    open_new(shop)
    for _ in range(3):
        shop.press("Add a button")
        shop.page.get_by_role("menuitem", name="Quick reply").click()
    for number, text in enumerate(("First", "Second", "Third")):
        field(shop, "Text of the button").nth(number).fill(text)
    shop.press("Move up: Button 3: Quick reply")
    expect(field(shop, "Text of the button").nth(1)).to_have_value("Third")
    expect(shop.page.get_by_role("button", name="Move up: Button 2: Quick reply")).to_be_focused()
    shop.page.keyboard.press("Enter")
    expect(field(shop, "Text of the button").first).to_have_value("Third")
    expect(shop.page.get_by_role("button", name="Move down: Button 1: Quick reply")).to_be_focused()
    shop.press("Remove: Button 1: Quick reply")
    expect(field(shop, "Text of the button")).to_have_count(2)
    expect(shop.page.get_by_role("region", name="Buttons")).to_be_focused()


def test_what_is_not_saved_is_not_left_by_a_slip(shop: Workspace) -> None:
    shop.open("/whatsapp-templates", "WhatsApp templates")
    shop.page.get_by_role("link", name="New template").first.click()
    field(shop, "Body").fill("Hello")
    shop.page.get_by_role("navigation").get_by_role("link", name="Chatbots").click()
    expect(shop.dialog).to_contain_text("You have unsaved changes")
    shop.press("Stay here")
    shop.page.go_back()
    expect(shop.dialog).to_contain_text("You have unsaved changes")
    shop.press("Stay here")
    expect(field(shop, "Body")).to_have_value("Hello")
    shop.page.get_by_role("navigation").get_by_role("link", name="Chatbots").click()
    shop.press("Leave without saving")
    expect(shop.page.get_by_role("heading", name="Chatbots", level=1)).to_be_visible()


def test_a_vendor_that_does_not_take_it_is_quoted(shop: Workspace) -> None:
    template = make(shop, "order_sent")
    shop.open(f"/whatsapp-templates/{template}", "order_sent")
    field(shop, "Body").fill("Order {{1}} is here.")
    shop.press("Submit for approval")
    expect(shop.page.get_by_role("status").get_by_role("alert")).to_be_visible()
    expect(field(shop, "Body")).to_have_value("Order {{1}} is here.")
    assert shop.ask("GET", f"/whatsapp-templates/{template}")["status"] == "draft"


def test_a_name_that_is_taken_is_told_and_nothing_is_lost(shop: Workspace) -> None:
    make(shop, "order_sent")
    open_new(shop)
    field(shop, "Name").fill("order_sent")
    field(shop, "Body").fill("Hello")
    shop.press("Save as draft")
    expect(shop.page.get_by_role("alert").filter(has_text="has a template of this name")).to_be_visible()
    expect(field(shop, "Body")).to_have_value("Hello")


def test_a_draft_is_deleted(shop: Workspace) -> None:
    make(shop, "order_sent")
    shop.open("/whatsapp-templates", "WhatsApp templates")
    shop.row("order_sent").get_by_role("menuitem", name="Delete order_sent").or_(
        shop.row("order_sent").get_by_role("button", name="Delete order_sent")
    ).click()
    expect(shop.dialog).to_contain_text("WhatsApp does not have it")
    shop.press("Delete")
    expect(shop.page.get_by_text("There is no WhatsApp template yet")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_objects_to_nothing(new_workspace: NewWorkspace, shop: Workspace, theme: str) -> None:
    template = make(shop, "order_sent")
    seen = new_workspace(theme=theme)
    seen.open("/whatsapp-templates", "WhatsApp templates")
    expect(seen.row("order_sent")).to_be_visible()
    assert objections(seen.page) == []
    seen.open(f"/whatsapp-templates/{template}", "order_sent")
    expect(seen.page.get_by_text("All rules are kept.")).to_be_visible()
    assert objections(seen.page) == []


@pytest.fixture
def connected(
    page_is_built: None, browser: Browser, new_context: NewContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workspace]:
    """A company whose sender of WhatsApp is connected to vendor-sim."""
    port = free_port()
    monkeypatch.setitem(os.environ, "BOTFLOW_VENDOR_HOSTS", f"127.0.0.1:{port}")
    command = [str(BOTFLOW), "vendor-sim", "--vendor", "whatsapp_cloud", "--port", str(port)]
    vendor = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        with running(tmp_path / "data", None) as server:
            with signed_in(browser, server.url):
                pass  # the first password is changed
            context = new_context()
            sign_in(context, server)
            workspace = Workspace(context.new_page(), server)
            connect(workspace, f"http://127.0.0.1:{port}/whatsapp_cloud")
            yield workspace
    finally:
        vendor.kill()
        vendor.wait()


def test_a_template_is_handed_in_and_approved(connected: Workspace) -> None:
    template = make(connected, "order_sent")
    connected.open(f"/whatsapp-templates/{template}", "order_sent")
    connected.press("Submit for approval")
    expect(connected.page.get_by_role("main")).to_contain_text("WhatsApp reviews it")
    expect(connected.page.get_by_role("button", name="Save as draft")).to_have_count(0)
    expect(field(connected, "Body")).not_to_be_editable()
    time.sleep(1)  # vendor-sim reviews
    connected.go("WhatsApp templates")
    connected.press("Import from WhatsApp")
    connected.press("Import")
    connected.says("1 changed")
    expect(connected.row("order_sent")).to_contain_text("Approved")
    connected.page.get_by_role("link", name="order_sent").click()
    expect(connected.page.get_by_role("main")).to_contain_text("It can be sent.")
    connected.press("Delete")
    expect(connected.dialog).to_contain_text("at WhatsApp too")
    connected.dialog.get_by_role("button", name="Delete").click()
    expect(connected.page.get_by_text("There is no WhatsApp template yet")).to_be_visible()
