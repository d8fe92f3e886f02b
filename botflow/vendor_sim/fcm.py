"""Firebase Cloud Messaging, HTTP v1, as its documentation has it, and the app that gets the notifications."""

from __future__ import annotations

import itertools
import json
import re
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from botflow.vendor_sim import google_oauth
from botflow.vendor_sim.contract import Answer, Call, Hook, HttpVendor, State, Taken
from botflow.vendor_sim.google_oauth import PROJECT, TokenAddress

SCOPE: Final = "https://www.googleapis.com/auth/firebase.messaging"
PAYLOAD_BYTES: Final = 4096
_FCM_ERROR: Final = "type.googleapis.com/google.firebase.fcm.v1.FcmError"
_PATH: Final = re.compile(r"/v1/projects/([^/]+)/messages:send")
_STATES: Final[Mapping[State, str]] = {"delivered": "&state=delivered", "seen": ""}


class _RefusedError(Exception):
    def __init__(self, status: int, name: str, code: str = "", message: str = "") -> None:
        super().__init__(name)
        self.answer = _error(status, name, code, message)


class Fcm(HttpVendor):
    """Firebase. Tokens that begin with `gone` are not registered any more, those with `other` are of another app."""

    name = "fcm"
    identity = PROJECT

    def __init__(self, webhook_url: str = "", clock: Callable[[], float] = time.time) -> None:
        self.webhook_url = webhook_url
        self.tokens = TokenAddress(SCOPE, clock)
        self._ids = itertools.count(1)

    def credentials(self, base_url: str) -> Mapping[str, Any]:
        """What the sender's credentials have to be."""
        return {"service_account": self.tokens.service_account(base_url), "base_url": base_url}

    def handle(self, call: Call) -> tuple[Answer, Taken | None]:
        """Answer a call of the token address or of messages:send."""
        if call.path == google_oauth.PATH:
            return self.tokens.answer(call), None
        try:
            found = _PATH.fullmatch(call.path)
            if found is None or call.method != "POST":
                return Answer(404, b"<html>Not Found</html>", {"Content-Type": "text/html"}), None
            if not self.tokens.lets_in(call):
                raise _RefusedError(401, "UNAUTHENTICATED")
            if found.group(1) != self.identity:
                raise _RefusedError(403, "PERMISSION_DENIED")
            return self._take(_body(call))
        except _RefusedError as error:
            return error.answer, None

    def throttled(self) -> Answer:
        """The quota is used up."""
        answer = _error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED")
        return Answer(answer.status, answer.body, {**answer.headers, "Retry-After": "1"})

    def failed(self) -> Answer:
        """Something is wrong at the vendor."""
        return _error(503, "UNAVAILABLE", "UNAVAILABLE")

    def report(self, taken: Taken, state: State) -> Hook | None:
        """The beacon of the app when the notification arrives, and when it is opened."""
        url = taken.content.get("data", {}).get("beacon")
        if state not in _STATES or not url:
            return None
        return Hook(f"{url}{_STATES[state]}", {"Content-Type": "application/json"}, b"{}")

    def message(self, contact: str, message_id: str, text: str, **fields: Any) -> Hook:
        """Nobody answers a notification. Raises ValueError."""
        raise ValueError("Mobile push has no messages of contacts")

    def _take(self, body: Mapping[str, Any]) -> tuple[Answer, Taken | None]:
        message = body.get("message")
        if not isinstance(message, dict) or sum(name in message for name in ("token", "topic", "condition")) != 1:
            raise _invalid("message has one of token, topic, condition")
        _check(message)
        token = str(message.get("token", ""))
        if token.startswith("gone"):
            raise _RefusedError(404, "NOT_FOUND", "UNREGISTERED", "Requested entity was not found.")
        if token.startswith("other"):
            raise _RefusedError(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH", "SenderId mismatch")
        name = f"projects/{self.identity}/messages/{next(self._ids)}"
        answer = Answer(200, json.dumps({"name": name}).encode())
        if body.get("validate_only") or not token:
            return answer, None
        shown = "\n".join(filter(None, (message["notification"].get("title"), message["notification"].get("body"))))
        return answer, Taken(str(message.get("data", {}).get("id", name)), token, shown, message)


def _check(message: Mapping[str, Any]) -> None:
    notification, data = message.get("notification"), message.get("data", {})
    if not isinstance(notification, dict) or not all(isinstance(value, str) for value in notification.values()):
        raise _invalid("notification holds texts")
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        raise _invalid("data holds texts")
    if {"from", "message_type"} & data.keys() or any(name.startswith(("google", "gcm")) for name in data):
        raise _invalid("a name in data is reserved")
    if len(json.dumps([notification, data], ensure_ascii=False).encode()) > PAYLOAD_BYTES:
        raise _invalid("the message is too big")
    if not re.fullmatch(r"\d+(\.\d{1,9})?s", str(message.get("android", {}).get("ttl", "1s"))):
        raise _invalid("ttl is a duration, such as 3.5s")
    headers = message.get("apns", {}).get("headers", {})
    if len(headers.get("apns-collapse-id", "")) > 64 or not headers.get("apns-expiration", "0").isdigit():
        raise _invalid("apns.headers")


def _body(call: Call) -> Mapping[str, Any]:
    try:
        body = json.loads(call.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise _invalid("the body is no JSON object")
    return body


def _invalid(message: str) -> _RefusedError:
    return _RefusedError(
        400, "INVALID_ARGUMENT", "INVALID_ARGUMENT", f"Request contains an invalid argument: {message}."
    )


def _error(status: int, name: str, code: str = "", message: str = "") -> Answer:
    error: dict[str, Any] = {"code": status, "message": message or name, "status": name}
    if code:
        error["details"] = [{"@type": _FCM_ERROR, "errorCode": code}]
    return Answer(status, json.dumps({"error": error}).encode())
