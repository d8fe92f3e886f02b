"""A voice gateway (docs/reference/channels/tts.md): takes calls, and tells what became of them."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import re
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from botflow.vendor_sim.contract import Answer, Call, Hook, HttpVendor, State, Taken

WINDOW_SECONDS: Final = 300
LANGUAGES: Final = frozenset({"en", "es"})
_STATUSES: Final[Mapping[State, str]] = {
    "sent": "ringing",
    "delivered": "answered",
    "seen": "completed",
    "failed": "busy",
}


class HttpVoice(HttpVendor):
    """A gateway. Numbers that end in 404 cannot be called."""

    name = "http_voice"
    identity = "simulated"

    def __init__(
        self,
        bearer_token: str = "simulated-token",
        signing_secret: str = "simulated signing secret",
        webhook_url: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.webhook_url = webhook_url
        self._bearer_token = bearer_token
        self._signing_secret = signing_secret
        self._clock = clock
        self._ids = itertools.count(1)
        self._taken: dict[str, Answer] = {}

    def credentials(self, base_url: str) -> Mapping[str, Any]:
        """What the sender's credentials have to be."""
        return {
            "base_url": f"{base_url.rstrip('/')}/calls",
            "bearer_token": self._bearer_token,
            "signing_secret": self._signing_secret,
        }

    def handle(self, call: Call) -> tuple[Answer, Taken | None]:
        """Answer a request for a call."""
        if call.path != "/calls":
            return _error(404, "not_found"), None
        if call.headers.get("authorization") != f"Bearer {self._bearer_token}":
            return _error(401, "unauthorized"), None
        if not self._is_signed(call):
            return _error(403, "bad_signature"), None
        if call.method != "POST":
            return _error(405, "post_calls"), None
        return self._take(call)

    def throttled(self) -> Answer:
        """All lines are taken."""
        answer = _error(429, "too_many_calls")
        return Answer(answer.status, answer.body, {**answer.headers, "Retry-After": "1"})

    def failed(self) -> Answer:
        """Something is wrong at the gateway."""
        return _error(500, "out_of_order")

    def report(self, taken: Taken, state: State) -> Hook | None:
        """The callback for a state of a call."""
        return self.callback(taken.vendor_id, _STATUSES[state], taken.content.get("callback", self.webhook_url))

    def forget(self) -> None:
        """Know no message any more: the same one again is another call."""
        self._taken.clear()

    def callback(self, call_id: str, status: str, url: str) -> Hook:
        """A callback, signed."""
        now = self._clock()
        body = json.dumps({"id": call_id, "status": status, "at": int(now * 1000)}).encode()
        headers = {"Content-Type": "application/json", "X-Voice-Signature": self._signature(body, str(int(now)))}
        return Hook(url, headers, body)

    def message(self, contact: str, message_id: str, text: str, **fields: Any) -> Hook:
        """Nobody answers a text that is read out. Raises ValueError."""
        raise ValueError("A voice gateway has no messages of contacts")

    def _take(self, call: Call) -> tuple[Answer, Taken | None]:
        key = call.headers.get("idempotency-key", "")
        if key in self._taken:
            return self._taken[key], None
        try:
            asked = json.loads(call.body)
        except ValueError:
            return _error(400, "no_json"), None
        if fault := _fault(asked):
            return _error(422, fault), None
        call_id = f"call-{next(self._ids)}"
        answer = Answer(201, json.dumps({"id": call_id}).encode())
        if key:
            self._taken[key] = answer
        return answer, Taken(call_id, asked["to"], asked["text"], asked)

    def _is_signed(self, call: Call) -> bool:
        given = call.headers.get("x-voice-signature", "")
        moment = given.partition(",")[0].removeprefix("t=")
        if not moment.isdigit() or abs(self._clock() - int(moment)) > WINDOW_SECONDS:
            return False
        return hmac.compare_digest(given.encode(), self._signature(call.body, moment).encode())

    def _signature(self, body: bytes, moment: str) -> str:
        signed = hmac.new(self._signing_secret.encode(), f"{moment}.".encode() + body, hashlib.sha256)
        return f"t={moment},v1={signed.hexdigest()}"


def _fault(asked: Any) -> str:
    """What is wrong with what was asked for, or nothing."""
    if not isinstance(asked, dict) or not re.fullmatch(r"\+\d{3,15}", str(asked.get("to"))):
        return "invalid_number"
    if str(asked["to"]).endswith("404"):
        return "invalid_number"
    if not isinstance(asked.get("text"), str) or not 0 < len(asked["text"]) <= 4096:
        return "invalid_text"
    if asked.get("language") not in LANGUAGES or asked.get("repeat") not in (1, 2, 3):
        return "invalid_language_or_repeat"
    return "" if str(asked.get("callback", "http://")).startswith(("http://", "https://")) else "invalid_callback"


def _error(status: int, error: str) -> Answer:
    return Answer(status, json.dumps({"error": error}).encode())
