"""The walk's senders."""

from botflow.senders.service import ensure_sender
from tests.server.api import Api
from tests.server.walk import MARK, Made


def make_sender(api: Api, company: str, made: Made) -> str:
    sender = f"sender-of-{company}"
    with api.database.transaction() as work:
        ensure_sender(work, sender, company, f"{MARK} sender", "webchat", "webchat", api.now)
    return sender


FIELDS = {"name": "Ours", "adapter": "webchat"}
BODIES = {
    "create_sender": lambda made: {**FIELDS, "id": made["sender_id"]},
    "put_sender": lambda made: FIELDS,
}
MAKERS = {"sender_id": make_sender}
