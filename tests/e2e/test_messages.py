"""The message constructor (ED-2, MS-1 to MS-11): messages by mouse, counted, shown as the phone does."""

from typing import Any

from playwright.sync_api import Locator, expect

from tests.e2e.builder import Builder, web_chat
from tests.e2e.chat import Chat
from tests.e2e.test_accessibility import objections

RED = ("rgb(179, 38, 30)", "rgb(255, 180, 171)")


def open_message(builder: Builder, identity: str, content: dict[str, Any], channel: str = "webchat") -> None:
    """A chatbot that sends one message; the panel of its step is open."""
    step = {"type": "static_message", "content": content}
    node = {"id": "hello", "kind": "action", "role": "start", "label": "Hello", "step": step, "final": True}
    file = {"format": "botflow.scenario/1", "id": identity, "name": identity, "channel": channel, "language": "en"}
    builder.ask("POST", "/chatbots/import", {"file": file | {"nodes": [node]}, "id": identity, "overwrite": True})
    builder.open(f"/chatbots/{identity}", identity)
    builder.node("Hello").click()


def content_of(builder: Builder, identity: str) -> Any:
    builder.is_saved()
    return builder.draft(identity)["nodes"][0]["step"]["content"]


def phone(builder: Builder) -> Locator:
    return builder.panel.get_by_role("group", name="The message as contacts see it")


def counter(field: Locator) -> Locator:
    """What is said below a field."""
    return field.locator("xpath=ancestor::div[contains(@class, 'MuiTextField-root')]").locator("p")


def test_a_card_with_buttons_is_made_by_mouse_and_chats(builder: Builder) -> None:
    web_chat(builder, "card-desk")
    open_message(builder, "carded", {"type": "text", "text": "Our pizza of the day"})
    panel = builder.panel
    panel.get_by_label("Kind of message").select_option("Card")
    expect(panel.get_by_label("What it says")).to_have_value("Our pizza of the day")
    panel.get_by_label("Title").fill("Margherita")
    inside = panel.get_by_role("group", name="Buttons inside the card")
    inside.get_by_role("button", name="Add a button").click()
    expect(inside.get_by_label("What the button says")).to_be_focused()
    builder.page.keyboard.type("Order it")
    inside.get_by_role("button", name="Add a button").click()
    second = inside.get_by_role("listitem").nth(1)
    second.get_by_label("What the button says").fill("See the menu")
    second.get_by_label("When it is tapped").select_option("Web page")
    second.get_by_label("Address of the page").fill("https://example.com/menu")
    second.get_by_role("button", name="Move up").click()
    expect(phone(builder).get_by_role("list", name="Buttons of the message")).to_have_text("See the menu Order it")
    assert objections(builder.page) == []

    content = content_of(builder, "carded")
    identities = [button.pop("id") for button in content["buttons"]]
    assert len(set(identities)) == 2
    assert content == {
        "type": "card",
        "title": "Margherita",
        "text": "Our pizza of the day",
        "buttons": [
            {"type": "open_url", "text": "See the menu", "url": "https://example.com/menu"},
            {"type": "reply", "text": "Order it"},
        ],
    }
    inside.get_by_label("What the button says").nth(1).fill("Order two")
    assert [button["id"] for button in content_of(builder, "carded")["buttons"]] == identities

    builder.ask("POST", "/chatbots/carded/versions", {"note": ""})
    builder.ask("PUT", "/chatbots/carded/senders/card-desk", {"is_default": True})
    builder.page.goto(f"{builder.server.url}/chat/card-desk")
    card = Chat(builder.page).log.get_by_role("article")
    expect(card.get_by_role("heading", name="Margherita")).to_be_visible()
    expect(card.get_by_role("button", name="Order two")).to_be_visible()


def test_the_parts_of_an_sms_are_counted_while_it_is_typed(builder: Builder) -> None:
    open_message(builder, "texted", {"type": "text", "text": ""}, "sms")
    text = builder.panel.get_by_label("What it says")
    text.fill("a" * 160)
    expect(counter(text)).to_contain_text("1 / 255 message, 0 left")
    text.fill("a" * 161)
    expect(counter(text)).to_contain_text("2 / 255 messages, 145 left")
    text.fill("Olá {{attribute.city}}")
    expect(counter(text)).to_contain_text("At least 1 / 255 message, 66 left")
    expect(builder.panel.get_by_text("It has a letter beyond the SMS alphabet")).to_be_visible()
    expect(builder.panel.get_by_text("What fills the variables comes on top.")).to_be_visible()


def test_a_whatsapp_list_says_where_it_is_over_its_limits_and_cuts_nothing(builder: Builder) -> None:
    rows = [{"id": f"r{number}", "type": "reply", "text": f"Row {number}"} for number in range(10)]
    content = {"type": "list", "text": "Which?", "button": "Choose", "sections": [{"rows": rows}]}
    open_message(builder, "listed", content, "whatsapp")
    panel = builder.panel
    panel.get_by_role("button", name="Add a row").click()
    builder.page.keyboard.type("x" * 25)
    row = panel.get_by_label("What the row says").last
    expect(counter(row)).to_contain_text("Shorten this text: it has 25, and may have at most 24 characters.")
    assert counter(row).get_by_text("25 / 24").evaluate("it => getComputedStyle(it).color") in RED
    expect(panel.get_by_text("rows 11 / 10")).to_be_visible()
    expect(panel.get_by_role("group", name="Groups")).to_contain_text(
        "Keep at most 10 rows in all sections together; there are 11."
    )
    expect(row).to_have_value("x" * 25)
    assert len(content_of(builder, "listed")["sections"][0]["rows"]) == 11


def test_what_the_forms_do_not_know_stays(builder: Builder) -> None:
    button = {"id": "a", "type": "reply", "text": "Yes", "x-colour": "green", "later": [1]}
    content = {"type": "text", "text": "Hi", "suggestions": [button, 7], "x-note": {"by": "Ann"}, "later": True}
    open_message(builder, "unknown", content)
    builder.panel.get_by_label("What it says").fill("Hello")
    builder.panel.get_by_label("What the button says").fill("No")
    changed = content | {"text": "Hello", "suggestions": [button | {"text": "No"}, 7]}
    assert content_of(builder, "unknown") == changed
    expect(builder.panel.get_by_text("This page has no form for it: 7")).to_be_visible()


APPROVED = {
    "id": "t1",
    "sender": "shop",
    "name": "order_sent",
    "language": "en",
    "category": "utility",
    "components": [
        {"type": "HEADER", "format": "TEXT", "text": "Order {{1}}", "example": {"header_text": ["7"]}},
        {"type": "BODY", "text": "Order {{1}} is on its way."},
    ],
    "status": "approved",
    "reason": None,
    "vendor_id": "7",
    "created_at": "2026-03-01T10:00:00Z",
    "updated_at": "2026-03-01T10:00:00Z",
    "variables": ["1", "header.1"],
    "wants_media": False,
}


def test_a_whatsapp_template_is_chosen_and_all_its_variables_are_filled(builder: Builder) -> None:
    """MS-6: only approved ones are offered."""
    drafted = APPROVED | {"id": "t2", "name": "not_yet", "status": "draft"}
    answer = {"items": [APPROVED, drafted], "next": None}
    builder.page.route("**/api/v1/whatsapp-templates?*", lambda route: route.fulfill(json=answer))
    open_message(builder, "templated", {"type": "text", "text": "Hi"}, "whatsapp")
    panel = builder.panel
    panel.get_by_label("Kind of message").select_option("WhatsApp template")
    panel.get_by_role("combobox", name="Template").click()
    offered = builder.page.get_by_role("listbox").get_by_role("option")
    expect(offered).to_have_text(["order_sent (en)"])
    offered.click()
    panel.get_by_label("Value of 1", exact=True).fill("{{attribute.order}}")
    panel.get_by_label("Value of header.1").fill("81")
    # the phone shows the text that WhatsApp has approved, filled
    expect(panel.get_by_role("region", name="Preview")).to_contain_text("Order 81")
    expect(panel.get_by_role("region", name="Preview")).to_contain_text("is on its way.")
    assert content_of(builder, "templated") == {
        "type": "template",
        "name": "order_sent",
        "language": "en",
        "variables": {"1": "{{attribute.order}}", "header.1": "81"},
    }


def test_a_file_of_the_library_is_sent_and_told_when_the_channel_does_not_take_it(builder: Builder) -> None:
    open_message(builder, "filed", {"type": "text", "text": "Our menu"}, "whatsapp")
    panel = builder.panel
    panel.get_by_label("Kind of message").select_option("File")
    for name, kind, bytes_ in (("notes.txt", "text/plain", b"Soup"), ("menu.pdf", "application/pdf", b"%PDF-1.4 menu")):
        panel.get_by_role("button", name="from the media").or_(panel.get_by_role("button", name="another")).click()
        with builder.page.expect_file_chooser() as choosing:
            builder.dialog.get_by_role("button", name="Upload").click()
        choosing.value.set_files({"name": name, "mimeType": kind, "buffer": bytes_})
        expect(panel.get_by_role("group", name="File")).to_contain_text(name)
        told = panel.get_by_text("This channel does not take .txt here.")
        expect(told).to_have_count(1 if name == "notes.txt" else 0)
    content = content_of(builder, "filed")
    assert (content["type"], content["caption"], list(content["media"])) == ("file", "Our menu", ["asset"])
    expect(phone(builder)).to_contain_text("menu.pdf")


ODD: list[tuple[str, dict[str, Any]]] = [
    (
        "webchat",
        {"type": "card", "media": "x", "title": 5, "buttons": {}, "suggestions": [None, {"id": 3, "type": "reply"}]},
    ),
    ("whatsapp", {"type": "list", "text": None, "sections": [None, {"rows": "no"}, {"rows": [5, {"type": "reply"}]}]}),
    ("rcs", {"type": "carousel", "cards": [1, {"title": ["x"], "buttons": [[]]}], "suggestions": 7}),
    ("viber", {"type": "constructor", "button": []}),
]


def test_whatever_a_file_has_for_a_message_can_be_looked_at_and_replaced(builder: Builder) -> None:
    for channel, content in ODD:
        open_message(builder, "odd-message", content, channel)
        kind = builder.panel.get_by_label("Kind of message")
        expect(kind).to_have_value(content["type"])
        kind.select_option("Text")
        builder.panel.get_by_label("What it says").fill("Hello")
        assert content_of(builder, "odd-message")["text"] == "Hello"


def test_parts_of_a_message_are_dragged_by_their_handles_one_step_of_undo_each(builder: Builder) -> None:
    replies = [{"id": word, "type": "reply", "text": word} for word in ("one", "two", "three")]
    open_message(builder, "dragged", {"type": "card", "title": "Numbers", "buttons": replies})
    inside = builder.panel.get_by_role("group", name="Buttons inside the card")
    handles = inside.get_by_title("Drag it to another place")
    handles.first.evaluate("handle => handle.scrollIntoView({block: 'center'})")
    begin = handles.first.bounding_box()
    last = inside.get_by_role("listitem").nth(1).bounding_box()
    assert begin is not None
    assert last is not None
    for cancelled in (True, False):
        builder.page.mouse.move(begin["x"] + 10, begin["y"] + 10)
        builder.page.mouse.down()
        builder.page.mouse.move(begin["x"] + 10, begin["y"] + 10 + last["height"], steps=5)
        if cancelled:
            builder.page.keyboard.press("Escape")
        builder.page.mouse.up()
    expect(phone(builder).get_by_role("list", name="Buttons of the message")).to_have_text("two one three")
    assert [one["text"] for one in content_of(builder, "dragged")["buttons"]] == ["two", "one", "three"]
    builder.press("Undo")
    assert [one["text"] for one in content_of(builder, "dragged")["buttons"]] == ["one", "two", "three"]
    inside.get_by_label("What the button says").first.focus()
    for word in ("1", "2", "3", "four"):
        builder.page.keyboard.press("End")
        builder.page.keyboard.type(word)
        builder.page.keyboard.press("Enter")  # on to the next button, or a new one while there is room
    assert [one["text"] for one in content_of(builder, "dragged")["buttons"]] == ["one1", "two2", "three3", "four"]
    builder.page.get_by_role("switch", name="Edit").click()
    expect(handles.first).to_be_disabled()
