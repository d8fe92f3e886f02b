"""Content templates (AS-3): messages under a name, shown as they are written, taken in by steps, kept from them."""

from typing import Any

from playwright.sync_api import expect

from tests.e2e.builder import Builder
from tests.e2e.test_accessibility import objections
from tests.e2e.test_messages import content_of, open_message
from tests.e2e.workspace import Workspace


def stored(workspace: Workspace, name: str) -> list[Any]:
    return [one for one in workspace.ask("GET", "/content-templates?limit=200")["items"] if one["name"] == name]


def test_a_template_is_made_told_what_is_wrong_changed_and_deleted(workspace: Workspace) -> None:
    page = workspace.page
    workspace.open("/content-templates", "Content templates")
    page.get_by_role("link", name="New content template").first.click()
    page.get_by_label("Name").fill("Order sent")
    page.get_by_label("Channel").select_option("SMS")
    workspace.press("Save")
    expect(page.get_by_text("One thing is not right yet.")).to_be_visible()
    text = page.get_by_label("What it says")
    expect(text).to_have_attribute("aria-invalid", "true")
    text.fill("Order {{order}} has left, {{contact.name}}.")
    filled = page.get_by_role("region", name="To be filled")
    expect(filled.get_by_role("listitem")).to_have_text(["order", "contact.name"])
    workspace.press("Save")
    workspace.says("The content template is saved")
    expect(page.get_by_role("heading", name="Order sent", level=1)).to_be_visible()
    text.fill("Order {{order}} is yours.")
    with page.expect_response(lambda response: response.request.method == "PATCH"):
        workspace.press("Save")
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    [kept] = stored(workspace, "Order sent")
    assert (kept["channel"], kept["params"]) == ("sms", ["order"])
    assert kept["content"] == {"type": "text", "text": "Order {{order}} is yours."}

    workspace.go("Content templates")
    row = workspace.row("Order sent")
    expect(row).to_contain_text("SMS")
    expect(row).to_contain_text("order")
    row.get_by_role("button", name="Delete Order sent").click()
    workspace.dialog.get_by_role("button", name="Delete").click()
    expect(row).to_have_count(0)
    assert stored(workspace, "Order sent") == []


def test_an_email_is_built_of_blocks_and_shown_as_wide_as_it_will_be(workspace: Workspace) -> None:
    page = workspace.page
    workspace.open("/content-templates/new", "New content template")
    page.get_by_label("Name").fill("Newsletter")
    page.get_by_label("Channel").select_option("E-mail")
    page.get_by_label("Subject", exact=True).fill("News of {{month}}")
    page.get_by_label("Text", exact=True).fill("Dear reader")
    page.get_by_role("button", name="Add a block").click()
    page.get_by_role("menuitem", name="Columns").click()
    columns = page.get_by_role("group", name="Columns", exact=True)
    columns.get_by_label("Text", exact=True).fill("Left")
    columns.get_by_role("button", name="Add a column").click()
    second = columns.get_by_role("listitem", name="Column 2")
    second.get_by_label("Text", exact=True).fill("Right")
    shown = page.get_by_role("group", name="The message as contacts see it")
    left, right = shown.get_by_text("Left"), shown.get_by_text("Right")
    tops = [one.evaluate("it => it.getBoundingClientRect().top") for one in (left, right)]
    assert tops[0] == tops[1]
    page.get_by_role("button", name="Phone").click()
    tops = [one.evaluate("it => it.getBoundingClientRect().top") for one in (left, right)]
    assert tops[0] < tops[1]
    assert objections(page) == []
    workspace.press("Save")
    workspace.says("The content template is saved")
    [kept] = stored(workspace, "Newsletter")
    assert kept["params"] == ["month"]
    assert kept["content"]["blocks"][1] == {
        "type": "columns",
        "columns": [{"blocks": [{"type": "text", "text": text}]} for text in ("Left", "Right")],
    }


def test_a_step_takes_a_template_in_and_keeps_its_message_as_one(builder: Builder) -> None:
    menu = {"type": "text", "text": "Pizza or pasta?", "suggestions": [{"id": "p", "type": "reply", "text": "Pizza"}]}
    builder.ask("POST", "/content-templates", {"name": "The menu", "channel": "webchat", "content": menu})
    sms = {"name": "By SMS", "channel": "sms", "content": {"type": "text", "text": "Hi"}}
    builder.ask("POST", "/content-templates", sms)
    open_message(builder, "taking-in", {"type": "text", "text": "To be replaced"})
    builder.press("Replace it with a content template")
    expect(builder.dialog.get_by_text("By SMS")).to_have_count(0)
    builder.dialog.get_by_role("button", name="The menu").click()
    expect(builder.panel.get_by_label("What it says")).to_have_value("Pizza or pasta?")
    assert content_of(builder, "taking-in") == menu
    builder.page.get_by_role("button", name="Undo").click()
    expect(builder.panel.get_by_label("What it says")).to_have_value("To be replaced")
    builder.press("Keep as a content template")
    builder.dialog.get_by_label("Name").fill("Kept from a step")
    builder.dialog.get_by_role("button", name="Save").click()
    builder.says("The content template is saved")
    [kept] = stored(builder, "Kept from a step")
    assert kept["content"] == {"type": "text", "text": "To be replaced"}
