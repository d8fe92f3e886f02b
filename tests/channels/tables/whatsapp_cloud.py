"""WhatsApp's Cloud API: its wire, as its documentation has it."""

from __future__ import annotations

from typing import Any, Final

from botflow.channels.contract import Attachment, Inbound, Report, RetryLater, TemplateStatus
from botflow.channels.testing import Said, Sent, Signature, Tables, Webhook

CONTACT: Final = "+16505551234"
NUMBER: Final = "106540352242922"
WAMID: Final = "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA="
USER: Final = "US.13491208655302741918"
PICTURE: Final = {"url": "https://example.com/a%20pizza.jpg?v=2"}
MENU: Final = {"url": "https://example.com/the%20menu.pdf"}
FRAME: Final = {
    "messaging_product": "whatsapp",
    "recipient_type": "individual",
    "to": CONTACT,
    "biz_opaque_callback_data": "message-1",
}
BUTTONS: Final = [
    {"id": "y", "type": "reply", "text": "Yes", "postback": "order"},
    {"id": "n", "type": "reply", "text": "No"},
]
ACTION: Final = {
    "buttons": [
        {"type": "reply", "reply": {"id": "order", "title": "Yes"}},
        {"type": "reply", "reply": {"id": "No", "title": "No"}},
    ]
}


# ---- what leaves -------------------------------------------------------------------------------------------------


def sends(name: str, content: dict[str, Any], *bodies: dict[str, Any]) -> Sent:
    return Sent(name, content, [{**FRAME, **body} for body in bodies])


def text(body: str) -> dict[str, Any]:
    return {"type": "text", "text": {"body": body}}


def interactive(**message: Any) -> dict[str, Any]:
    return {"type": "interactive", "interactive": message}


SENT: Final = [
    sends("text", {"type": "text", "text": "¿Pizza? 🍕"}, text("¿Pizza? 🍕")),
    Sent(
        "a contact who shows no number",
        {"type": "text", "text": "Hi"},
        [{**{k: v for k, v in FRAME.items() if k != "to"}, "recipient": USER, **text("Hi")}],
        to=USER,
    ),
    sends(
        "picture",
        {"type": "file", "media": PICTURE, "caption": "Fresh"},
        {"type": "image", "image": {"link": PICTURE["url"], "caption": "Fresh"}},
    ),
    sends(
        "film",
        {"type": "file", "media": {"url": "https://example.com/oven.MP4"}},
        {"type": "video", "video": {"link": "https://example.com/oven.MP4"}},
    ),
    sends(
        "document",
        {"type": "file", "media": MENU, "caption": "Menu"},
        {"type": "document", "document": {"link": MENU["url"], "caption": "Menu", "filename": "the menu.pdf"}},
    ),
    sends(
        "sound with a text, which it has no place for",
        {"type": "file", "media": {"url": "https://example.com/a.ogg"}, "caption": "Listen"},
        {"type": "audio", "audio": {"link": "https://example.com/a.ogg"}},
        text("Listen"),
    ),
    sends(
        "sticker",
        {"type": "file", "media": {"url": "https://example.com/a.webp"}},
        {"type": "sticker", "sticker": {"link": "https://example.com/a.webp"}},
    ),
    sends("card of text", {"type": "card", "text": "Hungry?"}, text("Hungry?")),
    sends(
        "card without buttons",
        {"type": "card", "header": "Pizzeria", "text": "Hungry?", "footer": "Open till ten", "media": PICTURE},
        {"type": "image", "image": {"link": PICTURE["url"], "caption": "*Pizzeria*\n\nHungry?\n\n_Open till ten_"}},
    ),
    sends(
        "card whose text is too long for a caption",
        {"type": "card", "header": "Pizzeria", "text": "a" * 1024, "media": PICTURE},
        {"type": "image", "image": {"link": PICTURE["url"]}},
        text(f"*Pizzeria*\n\n{'a' * 1024}"),
    ),
    sends(
        "card with buttons",
        {"type": "card", "header": "Pizzeria", "text": "Order?", "footer": "Till ten", "buttons": BUTTONS},
        interactive(
            type="button",
            header={"type": "text", "text": "Pizzeria"},
            body={"text": "Order?"},
            footer={"text": "Till ten"},
            action=ACTION,
        ),
    ),
    sends(
        "card with media and buttons",
        {"type": "card", "text": "Order?", "media": MENU, "buttons": BUTTONS},
        interactive(
            type="button",
            header={"type": "document", "document": {"link": MENU["url"], "filename": "the menu.pdf"}},
            body={"text": "Order?"},
            action=ACTION,
        ),
    ),
    sends(
        "card with media, header and buttons, of which it has place for one header",
        {"type": "card", "header": "Pizzeria", "text": "Order?", "media": PICTURE, "buttons": BUTTONS},
        {"type": "image", "image": {"link": PICTURE["url"]}},
        interactive(type="button", header={"type": "text", "text": "Pizzeria"}, body={"text": "Order?"}, action=ACTION),
    ),
    sends(
        "list",
        {
            "type": "list",
            "header": "Menu",
            "text": "Which one?",
            "footer": "All with basil",
            "button": "Choose",
            "sections": [
                {
                    "title": "Red",
                    "rows": [
                        {
                            "id": "m",
                            "type": "reply",
                            "text": "Margherita",
                            "description": "Cheese",
                            "postback": "margherita",
                        }
                    ],
                },
                {"title": "White", "rows": [{"id": "b", "type": "reply", "text": "Bianca"}]},
            ],
        },
        interactive(
            type="list",
            header={"type": "text", "text": "Menu"},
            body={"text": "Which one?"},
            footer={"text": "All with basil"},
            action={
                "button": "Choose",
                "sections": [
                    {
                        "title": "Red",
                        "rows": [{"id": "margherita", "title": "Margherita", "description": "Cheese"}],
                    },
                    {"title": "White", "rows": [{"id": "Bianca", "title": "Bianca"}]},
                ],
            },
        ),
    ),
    sends(
        "list of one section",
        {
            "type": "list",
            "text": "Which one?",
            "button": "Choose",
            "sections": [{"rows": [{"id": "b", "type": "reply", "text": "Bianca"}]}],
        },
        interactive(
            type="list",
            body={"text": "Which one?"},
            action={"button": "Choose", "sections": [{"rows": [{"id": "Bianca", "title": "Bianca"}]}]},
        ),
    ),
    sends(
        "request for a location",
        {"type": "request_location", "text": "Where to?"},
        interactive(type="location_request_message", body={"text": "Where to?"}, action={"name": "send_location"}),
    ),
    sends(
        "location",
        {"type": "send_location", "latitude": "40.4", "longitude": -3.7, "name": "Pizzeria", "address": "Sol 1"},
        {"type": "location", "location": {"latitude": 40.4, "longitude": -3.7, "name": "Pizzeria", "address": "Sol 1"}},
    ),
    sends(
        "template without variables",
        {"type": "template", "name": "hello_world", "language": "en_US"},
        {"type": "template", "template": {"name": "hello_world", "language": {"code": "en_US"}}},
    ),
    sends(
        "template with numbered variables, in their order",
        {
            "type": "template",
            "name": "order",
            "language": "es_MX",
            "variables": {"10": "j", "2": "b", "1": "a", "header.1": "Ann", "button.0": "track/7", "payload.1": "stop"},
        },
        {
            "type": "template",
            "template": {
                "name": "order",
                "language": {"code": "es_MX"},
                "components": [
                    {"type": "header", "parameters": [{"type": "text", "text": "Ann"}]},
                    {
                        "type": "body",
                        "parameters": [
                            {"type": "text", "text": "a"},
                            {"type": "text", "text": "b"},
                            {"type": "text", "text": "j"},
                        ],
                    },
                    {
                        "type": "button",
                        "sub_type": "url",
                        "index": "0",
                        "parameters": [{"type": "text", "text": "track/7"}],
                    },
                    {
                        "type": "button",
                        "sub_type": "quick_reply",
                        "index": "1",
                        "parameters": [{"type": "payload", "payload": "stop"}],
                    },
                ],
            },
        },
    ),
    sends(
        "template with named variables, media and a coupon",
        {
            "type": "template",
            "name": "offer",
            "language": "en",
            "variables": {"first_name": "Ann", "code.0": "25OFF"},
            "media": PICTURE,
        },
        {
            "type": "template",
            "template": {
                "name": "offer",
                "language": {"code": "en"},
                "components": [
                    {"type": "header", "parameters": [{"type": "image", "image": {"link": PICTURE["url"]}}]},
                    {
                        "type": "body",
                        "parameters": [{"type": "text", "parameter_name": "first_name", "text": "Ann"}],
                    },
                    {
                        "type": "button",
                        "sub_type": "copy_code",
                        "index": "0",
                        "parameters": [{"type": "coupon_code", "coupon_code": "25OFF"}],
                    },
                ],
            },
        },
    ),
]


# ---- what WhatsApp says ------------------------------------------------------------------------------------------


def error(code: int, details: str = "", **more: Any) -> dict[str, Any]:
    data = {"error_data": {"messaging_product": "whatsapp", "details": details}} if details else {}
    return {"error": {"message": f"(#{code}) Trouble", "type": "OAuthException", "code": code, **data, **more}}


SAID: Final = [
    Said("131056 pair rate", 400, error(131056), RetryLater, 6.0),
    Said("130429 throughput", 429, error(130429), RetryLater),
    Said("130429 throughput, and when", 429, error(130429), RetryLater, 30.0, {"Retry-After": "30"}),
    Said("80007 calls of the account", 429, error(80007), RetryLater),
    Said("4 calls of the app", 400, error(4), RetryLater),
    Said("131048 spam rate", 400, error(131048), RetryLater),
    Said("131000 something went wrong", 500, error(131000), RetryLater),
    Said("131016 overloaded", 503, error(131016), RetryLater),
    Said("131057 maintenance", 500, error(131057), RetryLater),
    Said("2 down", 503, error(2), RetryLater),
    Said("an unknown code with 500", 500, error(999999), RetryLater),
    Said("502 of a proxy", 502, b"<html>Bad gateway</html>", RetryLater),
    Said("131047 outside of the window", 400, error(131047, "Message failed to send"), "permanent"),
    Said("131049 not shown to this contact", 400, error(131049), "permanent"),
    Said("131051 no such type of message", 501, error(131051), "permanent"),
    Said("131009 a wrong value", 400, error(131009, "Button title is too long"), "permanent"),
    Said("100 a wrong parameter", 400, error(100), "permanent"),
    Said("132000 the number of variables", 400, error(132000), "permanent"),
    Said("132001 no such template", 404, error(132001), "permanent"),
    Said("132015 paused template", 400, error(132015), "permanent"),
    Said("an unknown code with 400", 400, error(999999), "permanent"),
    Said("131026 not capable", 400, error(131026), "not_capable"),
    Said("131050 opted out", 400, error(131050), "opted_out"),
    Said("190 token", 401, error(190, fbtrace_id="A"), "credentials"),
    Said("0 token", 401, error(0), "credentials"),
    Said("3 capability", 500, error(3), "credentials"),
    Said("10 permission", 403, error(10), "credentials"),
    Said("200 permission", 403, error(200), "credentials"),
    Said("299 permission", 403, error(299), "credentials"),
    Said("100 of an object that the token does not see", 400, error(100, error_subcode=33), "credentials"),
    Said("131031 account locked", 403, error(131031), "credentials"),
    Said("131042 not paid", 400, error(131042), "credentials"),
    Said("133010 not registered", 400, error(133010), "credentials"),
    Said("a page that is not WhatsApp's", 404, b"<html>Not found</html>", "credentials"),
    Said("an answer that is not WhatsApp's", 200, b"<html>Log in</html>", "credentials"),
]


# ---- what comes in -----------------------------------------------------------------------------------------------

ANN: Final = {"profile": {"name": "Ann"}, "wa_id": "16505551234"}


def posted(*changes: dict[str, Any]) -> dict[str, Any]:
    entry = {"id": "102290129340398", "changes": list(changes)}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def change(number: str = NUMBER, **value: Any) -> dict[str, Any]:
    metadata = {"display_phone_number": "15550783881", "phone_number_id": number}
    return {"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}


def message(kind: str, content: Any, **more: Any) -> dict[str, Any]:
    return {"from": "16505551234", "id": WAMID, "timestamp": "1749416383", "type": kind, kind: content, **more}


def comes(name: str, told: dict[str, Any], **expected: Any) -> Webhook:
    event = Inbound("sender-1", CONTACT, WAMID, **{"name": "Ann", "at": 1_749_416_383_000, **expected})
    return Webhook(name, posted(change(contacts=[ANN], messages=[told])), [event])


def nothing(name: str, *changes: dict[str, Any]) -> Webhook:
    return Webhook(name, posted(*changes), [])


def status(word: str, **more: Any) -> dict[str, Any]:
    pricing = {"billable": True, "pricing_model": "PMP", "category": "service", "type": "regular"}
    told = {"id": WAMID, "status": word, "timestamp": "1749416390", "recipient_id": "16505551234", "pricing": pricing}
    return {**told, **more}


def failed(code: int, title: str) -> dict[str, Any]:
    return change(statuses=[status("failed", errors=[{"code": code, "title": title, "message": title}])])


def template(event: str, **more: Any) -> dict[str, Any]:
    names = {"message_template_id": 1, "message_template_name": "order", "message_template_language": "en-US"}
    return {"field": "message_template_status_update", "value": {"event": event, **names, **more}}


AT: Final = 1_749_416_390_000

WEBHOOKS: Final = [
    comes("text", message("text", {"body": "Does it come in another color?"}), text="Does it come in another color?"),
    comes(
        "answer to a message",
        message("text", {"body": "Yes"}, context={"from": "15550783881", "id": "wamid.X"}),
        text="Yes",
        in_reply_to="wamid.X",
    ),
    comes(
        "tapped button",
        message("interactive", {"type": "button_reply", "button_reply": {"id": "order", "title": "Yes"}}),
        text="Yes",
        postback="order",
    ),
    comes(
        "row of a list",
        message(
            "interactive", {"type": "list_reply", "list_reply": {"id": "m", "title": "Margherita", "description": "x"}}
        ),
        text="Margherita",
        postback="m",
    ),
    comes(
        "quick reply of a template",
        message("button", {"payload": "stop", "text": "Stop promotions"}),
        text="Stop promotions",
        postback="stop",
    ),
    comes(
        "picture with a caption",
        message("image", {"caption": "This one", "mime_type": "image/jpeg", "sha256": "x", "id": "1003383421387256"}),
        text="This one",
        attachments=(Attachment("1003383421387256", "image/jpeg"),),
    ),
    comes(
        "document",
        message("document", {"filename": "a.pdf", "mime_type": "application/pdf", "sha256": "x", "id": "1"}),
        attachments=(Attachment("1", "application/pdf", "a.pdf"),),
    ),
    comes(
        "voice",
        message("audio", {"mime_type": "audio/ogg; codecs=opus", "sha256": "x", "id": "1", "voice": True}),
        attachments=(Attachment("1", "audio/ogg; codecs=opus"),),
    ),
    comes(
        "video", message("video", {"mime_type": "video/mp4", "id": "1"}), attachments=(Attachment("1", "video/mp4"),)
    ),
    comes(
        "sticker",
        message("sticker", {"mime_type": "image/webp", "id": "1", "animated": False}),
        attachments=(Attachment("1", "image/webp"),),
    ),
    comes(
        "location",
        message("location", {"latitude": 37.44, "longitude": -122.16, "name": "Pizzeria"}),
        location=(37.44, -122.16),
    ),
    comes(
        "somebody's contact",
        message("contacts", [{"name": {"formatted_name": "Bob"}, "phones": [{"phone": "+1 650", "wa_id": "1650"}]}]),
        text="Bob +1 650",
    ),
    comes("order", message("order", {"catalog_id": "1", "product_items": []})),
    comes("answer of a form", message("interactive", {"type": "nfm_reply", "nfm_reply": {"response_json": "{}"}})),
    comes(
        "type that the vendor does not support",
        message("unsupported", {}, errors=[{"code": 131051, "title": "Message type unknown"}]),
    ),
    comes("type that nobody knows yet", message("hologram", {"id": 7})),
    comes("text of a form that nobody knows", message("text", ["Hi"])),
    Webhook(
        "a contact who shows no number",
        posted(
            change(
                contacts=[{"profile": {"name": "Ann", "username": "ann"}, "user_id": USER}],
                messages=[
                    {"from_user_id": USER, "id": WAMID, "timestamp": "1", "type": "text", "text": {"body": "Hi"}}
                ],
            )
        ),
        [Inbound("sender-1", USER, WAMID, "Hi", name="Ann", at=1000)],
    ),
    nothing("reaction", change(contacts=[ANN], messages=[message("reaction", {"message_id": "x", "emoji": "👍"})])),
    nothing("changed number", change(messages=[message("system", {"type": "user_changed_number", "body": "x"})])),
    nothing("edit", change(messages=[message("edit", {"original_message_id": "x"})])),
    nothing("another number of the app", change("999", contacts=[ANN], messages=[message("text", {"body": "Hi"})])),
    nothing("another field", {"field": "account_update", "value": {"event": "VERIFIED_ACCOUNT"}}),
    nothing("deleted", change(statuses=[status("deleted")])),
    nothing("played", change(statuses=[status("played")])),
    nothing("error of the account", change(errors=[{"code": 130429, "title": "Rate limit hit"}])),
    Webhook("sent", posted(change(statuses=[status("sent")])), [Report(WAMID, "sent", AT)]),
    Webhook("delivered", posted(change(statuses=[status("delivered")])), [Report(WAMID, "delivered", AT)]),
    Webhook(
        "read, with what we sent along",
        posted(change(statuses=[status("read", biz_opaque_callback_data="message-1")])),
        [Report(WAMID, "seen", AT, message="message-1")],
    ),
    Webhook(
        "failed: not capable",
        posted(failed(131026, "Message undeliverable")),
        [Report(WAMID, "failed", AT, "not_capable", "This number cannot get WhatsApp messages (131026).")],
    ),
    Webhook(
        "failed: outside of the window",
        posted(failed(131047, "Re-engagement message")),
        [
            Report(
                WAMID,
                "failed",
                AT,
                "permanent",
                "More than 24 hours have passed since the contact wrote: only a template can be sent now (131047).",
            )
        ],
    ),
    Webhook(
        "failed: opted out",
        posted(failed(131050, "User has stopped")),
        [
            Report(
                WAMID,
                "failed",
                AT,
                "opted_out",
                "The contact has stopped marketing messages of this business (131050).",
            )
        ],
    ),
    Webhook(
        "failed without a reason",
        posted(change(statuses=[status("failed")])),
        [Report(WAMID, "failed", AT, "permanent", "WhatsApp could not deliver it")],
    ),
    Webhook(
        "several of all",
        posted(
            change(
                contacts=[ANN],
                messages=[message("text", {"body": "1"}), "nonsense", message("text", {"body": "2"}, id="wamid.2")],
            ),
            change(statuses=[status("sent"), {"status": "sent"}, status("delivered")], errors=[{"code": 1}]),
            template("APPROVED", reason="NONE"),
        ),
        [
            Inbound("sender-1", CONTACT, WAMID, "1", name="Ann", at=1_749_416_383_000),
            Inbound("sender-1", CONTACT, "wamid.2", "2", name="Ann", at=1_749_416_383_000),
            Report(WAMID, "sent", AT),
            Report(WAMID, "delivered", AT),
            TemplateStatus("order", "en-US", "approved", vendor_id="1"),
        ],
    ),
    Webhook(
        "a template without its id",
        posted(template("APPROVED", message_template_id=None)),
        [TemplateStatus("order", "en-US", "approved")],
    ),
    Webhook(
        "rejected template",
        posted(template("REJECTED", reason="INVALID_FORMAT", rejection_info={"reason": "Two variables side by side."})),
        [TemplateStatus("order", "en-US", "rejected", "Two variables side by side.", "1")],
    ),
    Webhook(
        "template to be deleted",
        posted(template("PENDING_DELETION", reason=None)),
        [TemplateStatus("order", "en-US", "pending_deletion", vendor_id="1")],
    ),
    Webhook(
        "template that may be sent again",
        posted(template("REINSTATED")),
        [TemplateStatus("order", "en-US", "approved", vendor_id="1")],
    ),
    Webhook("template that is sent as before", posted(template("FLAGGED")), []),
]

TABLES: Final = Tables(
    contact=CONTACT,
    sent=SENT,
    said=SAID,
    signature=Signature(
        "x-hub-signature-256",
        "sha256",
        "hex",
        lambda account: account.credentials.app_secret.get_secret_value(),
        prefix="sha256=",
    ),
    webhooks=WEBHOOKS,
)
