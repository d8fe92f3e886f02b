"""Viber's bot API as its documentation has it: messages, the account, the webhook, and signed callbacks."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from botflow.vendor_sim.contract import Answer, Call, Hook, HttpVendor, State, Taken

REQUEST_BYTES: Final = 30 * 1024
EVENT_TYPES: Final = ("delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started", "message")
_FIRST_TOKEN: Final = 5_741_311_803_571_721_087
_STATES: Final[Mapping[State, str]] = {"delivered": "delivered", "seen": "seen", "failed": "failed"}
_MESSAGES: Final[Mapping[int, str]] = {
    1: "invalidUrl",
    2: "invalidAuthToken",
    3: "badData",
    4: "missingData",
    5: "receiverNotRegistered",
    6: "receiverNotSubscribed",
    12: "tooManyRequests",
}


class _RefusedError(Exception):
    def __init__(self, status: int, message: str = "") -> None:
        super().__init__(message)
        self.answer = _status(status, message)


class ViberBot(HttpVendor):
    """A bot on Viber. A contact whose id begins with `unsubscribed` is not subscribed, `nobody` is not on Viber."""

    name = "viber_bot"

    def __init__(
        self,
        identity: str = "simulated",
        auth_token: str = "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9",
        webhook_url: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.identity = identity
        self.webhook_url = webhook_url
        self.unsubscribed: set[str] = set()
        self._auth_token = auth_token
        self._clock = clock
        self._tokens = itertools.count(_FIRST_TOKEN)

    def credentials(self, base_url: str) -> Mapping[str, Any]:
        """What the sender's credentials have to be."""
        return {"auth_token": self._auth_token, "sender_name": "Simulated", "base_url": base_url}

    def handle(self, call: Call) -> tuple[Answer, Taken | None]:
        """Answer a call of the bot API."""
        try:
            if call.headers.get("x-viber-auth-token") != self._auth_token:
                raise _RefusedError(2)
            method = _METHODS.get(call.path.strip("/")) if call.method == "POST" else None
            if method is None:
                return Answer(404, b"{}"), None
            return method(self, _body(call))
        except _RefusedError as error:
            return error.answer, None

    def throttled(self) -> Answer:
        """The rate of the bot is used up."""
        return _status(12)

    def failed(self) -> Answer:
        """Something is wrong at the vendor."""
        return Answer(500, b"")

    def report(self, taken: Taken, state: State) -> Hook | None:
        """The callback for a state; Viber does not tell that a message was sent."""
        event = _STATES.get(state)
        if event is None:
            return None
        fields: dict[str, Any] = {"message_token": int(taken.vendor_id), "user_id": taken.to}
        if state == "failed":
            fields["desc"] = "failure description"
        return self.callback(event, **fields)

    def message(self, contact: str, message_id: str, text: str, **fields: Any) -> Hook:
        """A message of a contact; a postback is what a tapped button sends, which the chat does not show.

        `tracking_data` is that of the message it answers. Raises ValueError.
        """
        if unknown := fields.keys() - {"postback", "location", "media", "name", "tracking_data"}:
            raise ValueError(f"Viber has no {', '.join(unknown)}")
        message: dict[str, Any] = {"type": "text", "text": fields.get("postback") or text}
        if fields.get("location"):
            latitude, longitude = fields["location"]
            message = {"type": "location", "location": {"lat": latitude, "lon": longitude}}
        elif fields.get("media"):
            message = _medium(text, fields["media"])
        if fields.get("tracking_data"):
            message["tracking_data"] = fields["tracking_data"]
        sender = {"name": fields.get("name") or "John McClane", "language": "en", "country": "UK", "api_version": 10}
        return self.callback(
            "message",
            message_token=_token(message_id),
            sender={"id": contact, **sender},
            message=message,
            silent=bool(fields.get("postback")),
        )

    def handshake(self) -> Hook:
        """What Viber calls a new webhook with."""
        return self.callback("webhook", message_token=next(self._tokens))

    def callback(self, event: str, **fields: Any) -> Hook:
        """A callback, signed."""
        body = json.dumps({"timestamp": int(self._clock() * 1000), "event": event, **fields}).encode()
        signature = hmac.new(self._auth_token.encode(), body, hashlib.sha256).hexdigest()
        return Hook(
            self.webhook_url, {"Content-Type": "application/json", "X-Viber-Content-Signature": signature}, body
        )

    def _send_message(self, body: Mapping[str, Any]) -> tuple[Answer, Taken | None]:
        receiver, kind = body.get("receiver"), body.get("type")
        sender = body.get("sender")
        if not isinstance(receiver, str) or not receiver or not isinstance(sender, dict):
            raise _RefusedError(4, "receiver or sender is missing")
        _limited(sender, "name", 28)
        check = _CHECKS.get(str(kind))
        if check is None:
            raise _RefusedError(3, f"type {kind!r} is not known")
        text = check(body)
        _keyboard(body)
        if receiver.startswith("nobody"):
            raise _RefusedError(5)
        if receiver in self.unsubscribed or receiver.startswith("unsubscribed"):
            raise _RefusedError(6)
        token = next(self._tokens)
        return _status(0, message_token=token, billing_status=1), Taken(str(token), receiver, text, dict(body))

    def _get_account_info(self, body: Mapping[str, Any]) -> tuple[Answer, Taken | None]:
        shown = {"id": "pa:75346594275468546724", "name": self.identity, "uri": self.identity}
        return _status(0, **shown, webhook=self.webhook_url, event_types=EVENT_TYPES, subscribers_count=1), None

    def _set_webhook(self, body: Mapping[str, Any]) -> tuple[Answer, Taken | None]:
        url = body.get("url")
        if not isinstance(url, str) or (url and not url.startswith(("http://", "https://"))):
            raise _RefusedError(1)
        self.webhook_url = url
        return _status(0, event_types=body.get("event_types", EVENT_TYPES)), None


_METHODS: Final[Mapping[str, Callable[[ViberBot, Mapping[str, Any]], tuple[Answer, Taken | None]]]] = {
    "send_message": ViberBot._send_message,
    "get_account_info": ViberBot._get_account_info,
    "set_webhook": ViberBot._set_webhook,
}


# ---- what may be sent: each check returns what the contact reads -------------------------------------------------


def _text(body: Mapping[str, Any]) -> str:
    return _limited(body, "text", 7000)


def _picture(body: Mapping[str, Any]) -> str:
    if "text" not in body:
        raise _RefusedError(4, "text is missing")
    _address(body, "media")
    return _limited(body, "text", 768, is_required=False)


def _video(body: Mapping[str, Any]) -> str:
    _address(body, "media")
    _size(body, 26 * 1024 * 1024)
    return ""


def _file(body: Mapping[str, Any]) -> str:
    _address(body, "media")
    _size(body, 200 * 1024 * 1024)
    _limited(body, "file_name", 256)
    return ""


_CHECKS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "text": _text,
    "picture": _picture,
    "video": _video,
    "file": _file,
}


def _keyboard(body: Mapping[str, Any]) -> None:
    keyboard = body.get("keyboard")
    if keyboard is None:
        return
    buttons = keyboard.get("Buttons") if isinstance(keyboard, dict) else None
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 24:
        raise _RefusedError(3, "a keyboard has 1 to 24 Buttons")
    for button in buttons:
        _limited(button, "Text", 250, is_required=False)
        if button.get("ActionType", "reply") == "open-url":
            _address(button, "ActionBody")
        else:
            _limited(button, "ActionBody", 250)
        if button.get("Silent") and body.get("min_api_version", 1) < 6:
            raise _RefusedError(14, "Silent needs min_api_version 6")


def _size(body: Mapping[str, Any], most: int) -> None:
    size = body.get("size")
    if not isinstance(size, int) or not 0 < size <= most:
        raise _RefusedError(3, f"size is 1 to {most}")


def _address(body: Mapping[str, Any], name: str) -> None:
    if not _limited(body, name, 2048).startswith(("http://", "https://")):
        raise _RefusedError(3, f"{name} is an address")


def _limited(body: Mapping[str, Any], name: str, length: int, is_required: bool = True) -> str:
    value = body.get(name, "")
    if is_required and not value:
        raise _RefusedError(4, f"{name} is missing")
    if not isinstance(value, str) or len(value) > length:
        raise _RefusedError(3, f"{name} has at most {length} characters")
    return value


def _medium(text: str, media: Mapping[str, Any]) -> dict[str, Any]:
    url, media_type = str(media.get("url", "")), str(media.get("media_type", "image/jpeg"))
    name = url.rpartition("/")[2].partition("?")[0]
    kind = {"image": "picture", "video": "video"}.get(media_type.partition("/")[0], "file")
    return {"type": kind, "media": url, "file_name": name, **({"text": text} if kind == "picture" else {})}


def _token(message_id: str) -> int:
    """A number as Viber's tokens are, always the same for an id."""
    return int.from_bytes(hashlib.sha256(message_id.encode()).digest()[:8], "big") >> 1


def _body(call: Call) -> Mapping[str, Any]:
    if len(call.body) > REQUEST_BYTES:
        raise _RefusedError(3, "the request is larger than 30 kB")
    try:
        body = json.loads(call.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise _RefusedError(3, "the body is no JSON object")
    return body


def _status(status: int, message: str = "", **fields: Any) -> Answer:
    said = message or _MESSAGES.get(status, "ok" if status == 0 else "failure")
    return Answer(200, json.dumps({"status": status, "status_message": said, **fields}).encode())
