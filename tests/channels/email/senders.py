"""A sender of e-mail as tests have it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botflow.channels.contract import Account, Outbound
from botflow.channels.email.credentials import SmtpCredentials

ADDRESS = "pizza@example.com"
SECRET = "not to be seen by anybody"
WEBHOOK = "https://bots.example.com/webhooks/smtp/key"


def account(
    port: int = 2525, webhook_url: str = WEBHOOK, identity: str = ADDRESS, **fields: Any
) -> Account[SmtpCredentials]:
    known: dict[str, Any] = {"host": "127.0.0.1", "port": port, "security": "none", "inbound_secret": SECRET}
    return Account("sender-1", identity, SmtpCredentials(**{**known, **fields}), webhook_url)


def text(words: str) -> dict[str, Any]:
    return {"type": "email", "subject": "Your order", "blocks": [{"type": "text", "text": words}]}


def outbound(address: str = "ann@example.net", content: Mapping[str, Any] | None = None, key: str = "m-1") -> Outbound:
    return Outbound(key, "sender-1", address, content or text("It is ready."))
