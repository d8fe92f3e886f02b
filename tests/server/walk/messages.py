"""The walk's messages to contacts."""

from botflow.conversations.messages import send
from tests.server.api import Api
from tests.server.scenarios import text
from tests.server.walk import MARK, Made


def make_message(api: Api, company: str, made: Made) -> str:
    sender = made["sender_id"]
    return send(
        api.parts.core.conversations, api.caller(company), sender, f"{MARK}-reader", text(f"{MARK} words"), None
    ).id


MAKERS = {"message_id": make_message}
BODIES = {
    "send_message": lambda made: {"sender": made["sender_id"], "to": "reader", "payload": text("Hello")},
    "send_omnimessage": lambda made: {
        "to": "reader",
        "chain": [{"sender": made["sender_id"], "payload": text("Hello")}],
    },
}
