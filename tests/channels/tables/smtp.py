"""SMTP: what a mail server takes of each block (tests/channels/email has the rest)."""

from __future__ import annotations

from typing import Any, Final
from unittest.mock import ANY

from botflow.channels.testing import Sent, Tables

PICTURE: Final = {"url": "https://example.com/pizza.jpg"}
PAGE: Final = "https://example.com/"


def sends(name: str, text: str, *blocks: dict[str, Any]) -> Sent:
    content = {"type": "email", "subject": "¿Pizza? 🍕", "subtitle": "Today only", "blocks": list(blocks)}
    taken = {"from": "simulated@example.com", "subject": "¿Pizza? 🍕", "text": f"{text}\n", "html": ANY}
    return Sent(name, content, [taken])


HELLO: Final = {"type": "text", "text": "Hello\nAnn\n\nHow are you?"}
BUTTON: Final = {"type": "button", "text": "Order", "url": PAGE}
COLUMNS: Final = {"type": "columns", "columns": [{"blocks": [HELLO]}, {"blocks": [BUTTON]}]}

TABLES: Final = Tables(
    contact="ann@example.net",
    sent=[
        sends("text", "Hello\nAnn\n\nHow are you?", HELLO),
        sends(
            "picture",
            "[A pizza]\nhttps://example.com/",
            {"type": "image", "media": PICTURE, "alt": "A pizza", "url": PAGE},
        ),
        sends("button", "Order: https://example.com/", BUTTON),
        sends(
            "social links",
            "X: https://example.com/\nWebsite: https://example.com/",
            {"type": "social", "links": [{"network": "x", "url": PAGE}, {"network": "website", "url": PAGE}]},
        ),
        sends(
            "space and line",
            f"Hello\nAnn\n\nHow are you?\n\n{'-' * 40}",
            HELLO,
            {"type": "spacer"},
            {"type": "divider"},
        ),
        sends(
            "columns in a wrapper",
            "Hello\nAnn\n\nHow are you?\n\nOrder: https://example.com/",
            {"type": "wrapper", "blocks": [COLUMNS]},
        ),
    ],
)
