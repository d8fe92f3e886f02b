"""The voice gateway's protocol (docs/reference/channels/tts.md)."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, Final

from botflow.channels.contract import Accepted, Account, Report, RetryLater, WebhookRequest
from botflow.channels.testing import WEBHOOK_URL, Said, Sent, Signature, Tables, Webhook

NUMBER: Final = "+34911234567"


@dataclass(frozen=True)
class Stamped(Signature):
    """A signature over the moment too, which stands beside it in the header."""

    moments: list[int] = field(default_factory=list)

    def of(self, digest: bytes) -> str:
        return f"t={self.moments[-1]},v1={digest.hex()}"


MOMENTS: Final[list[int]] = []


def covered(account: Account[Any], request: WebhookRequest) -> bytes:
    MOMENTS.append(int(time.time()))
    return f"{MOMENTS[-1]}.".encode() + request.body


def tells(status: str, *reports: Report, **fields: Any) -> Webhook:
    return Webhook(status, {"id": "call-1", "status": status, **fields}, reports)


TABLES: Final = Tables(
    contact=NUMBER,
    sent=[
        Sent(
            "text",
            {"type": "text", "text": "Su código: 1, 2, 3. 🍕", "language": "es", "repeat": 3},
            [
                {
                    "to": NUMBER,
                    "language": "es",
                    "text": "Su código: 1, 2, 3. 🍕",
                    "repeat": 3,
                    "callback": WEBHOOK_URL,
                }
            ],
        )
    ],
    said=[
        Said("taken", 201, {"id": "call-7"}, Accepted),
        Said("no id", 200, {}, "credentials"),
        Said("no such number", 422, {"error": "invalid_number"}, "not_capable"),
        Said("does not want it", 403, {"error": "opted_out", "message": "asked us not to"}, "opted_out"),
        Said("not let in", 401, {"error": "unauthorized"}, "credentials"),
        Said("malformed", 400, {"error": "no_json"}, "permanent"),
        Said("too many", 429, {}, RetryLater, 30, {"Retry-After": "30"}),
        Said("broken", 500, b"oops", RetryLater),
    ],
    signature=Stamped(
        "x-voice-signature",
        "sha256",
        "hex",
        lambda account: account.credentials.signing_secret.get_secret_value(),
        covers=covered,
        moments=MOMENTS,
    ),
    webhooks=[
        tells("answered", Report("call-1", "delivered", 1_800_000_000_000), at=1_800_000_000_000),
        tells("completed", Report("call-1", "seen")),
        tells("busy", Report("call-1", "failed", reason="the line was busy")),
        tells("no_answer", Report("call-1", "failed", reason="nobody answered")),
        tells("failed", Report("call-1", "failed", reason="no route"), reason="no route"),
        tells("ringing"),
    ],
)
