"""Google's RCS Business Messaging as its documentation has it: tokens, messages, capabilities, and signed events."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from botflow.vendor_sim import google_oauth
from botflow.vendor_sim.contract import Answer, Call, Hook, HttpVendor, State, Taken
from botflow.vendor_sim.google_oauth import TokenAddress

SCOPE: Final = "https://www.googleapis.com/auth/rcsbusinessmessaging"
MESSAGE_BYTES: Final = 250 * 1024
MESSAGES_KEPT: Final = 100_000
"""Messages whose ids are known; with one that is older, the same message would be taken again."""
_PATH: Final = re.compile(r"/v1/phones/(?P<phone>\+\d{3,20})/(?P<rest>capabilities|agentMessages)(/(?P<id>[^/]+))?")
_EVENTS: Final[Mapping[State, str]] = {
    "delivered": "DELIVERED",
    "seen": "READ",
    "failed": "TTL_EXPIRATION_REVOKED",
}
_FEATURES: Final = (
    "RICHCARD_STANDALONE",
    "RICHCARD_CAROUSEL",
    "ACTION_CREATE_CALENDAR_EVENT",
    "ACTION_DIAL",
    "ACTION_OPEN_URL",
    "ACTION_SHARE_LOCATION",
    "ACTION_VIEW_LOCATION",
)


class _RefusedError(Exception):
    def __init__(self, status: int, name: str, message: str) -> None:
        super().__init__(message)
        self.answer = _error(status, name, message)


class RcsBusiness(HttpVendor):
    """An agent at Google. Numbers that end in 404 have no RCS."""

    name = "rcs_business"

    def __init__(
        self,
        identity: str = "simulated_agent",
        client_token: str = "SIMULATEDCLIENTTOKEN",
        webhook_url: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.identity = identity
        self.webhook_url = webhook_url
        self.tokens = TokenAddress(SCOPE, clock)
        self._client_token = client_token
        self._clock = clock
        self._taken: dict[str, Answer | None] = {}  # None: taken back
        self._ids = itertools.count(1)

    def credentials(self, base_url: str) -> Mapping[str, Any]:
        """What the sender's credentials have to be."""
        key = self.tokens.service_account(base_url)
        return {"service_account": key, "client_token": self._client_token, "base_url": base_url}

    def handle(self, call: Call) -> tuple[Answer, Taken | None]:
        """Answer a call of the token address or of RBM."""
        try:
            if call.path == google_oauth.PATH:
                return self.tokens.answer(call), None
            self._authorize(call)
            if call.path == "/v1/users:batchGet" and call.method == "POST":
                return self._reachable(_body(call)), None
            found = _PATH.fullmatch(call.path)
            if found is None:
                raise _RefusedError(404, "NOT_FOUND", "Method not found.")
            if call.query.get("agentId") != self.identity:
                raise _RefusedError(403, "PERMISSION_DENIED", "The caller does not have permission")
            return self._of_phone(call, found)
        except _RefusedError as error:
            return error.answer, None

    def throttled(self) -> Answer:
        """The quota is used up."""
        return _error(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).")

    def failed(self) -> Answer:
        """Something is wrong at the vendor."""
        return _error(500, "INTERNAL", "Internal error encountered.")

    def report(self, taken: Taken, state: State) -> Hook | None:
        """The event for a state; RBM does not tell that a message was sent, and nothing of one that was taken back."""
        is_revoked = self._taken.get(taken.vendor_id, ...) is None
        if state not in _EVENTS or is_revoked:
            return None
        whose = "phoneNumber" if state == "failed" else "senderPhoneNumber"
        fields = {whose: taken.to, "messageId": taken.vendor_id, "eventType": _EVENTS[state]}
        return self.event({**fields, "eventId": f"event-{next(self._ids)}"})

    def message(self, contact: str, message_id: str, text: str, **fields: Any) -> Hook:
        """A message of a contact; `action` is the postback of a tapped action. Raises ValueError."""
        written = _written(text, fields)
        return self.event({"senderPhoneNumber": f"+{contact.lstrip('+')}", "messageId": message_id, **written})

    def handshake(self) -> Hook:
        """The call by which a webhook address is verified."""
        body = json.dumps({"clientToken": self._client_token, "secret": "1234567890"}).encode()
        return Hook(self.webhook_url, {"Content-Type": "application/json"}, body, expects=b"1234567890")

    def event(self, fields: Mapping[str, Any]) -> Hook:
        """Something that happened, in the envelope of Pub/Sub and signed."""
        at = datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        data = json.dumps({"sendTime": at, "agentId": self.identity, **fields}).encode()
        signature = hmac.new(self._client_token.encode(), data, hashlib.sha512).digest()
        message = {
            "attributes": {"product": "RBM", "project_number": "3338881441851", "business_id": self.identity},
            "data": base64.b64encode(data).decode(),
            "messageId": str(next(self._ids)),
            "publishTime": at,
        }
        body = json.dumps({"message": message, "subscription": "projects/rbm/subscriptions/simulated"}).encode()
        headers = {
            "Content-Type": "application/json",
            "X-Goog-Signature": base64.b64encode(signature).decode(),
        }
        return Hook(self.webhook_url, headers, body)

    def forget(self) -> None:
        """Forget which messages it took."""
        self._taken.clear()

    def _authorize(self, call: Call) -> None:
        if not self.tokens.lets_in(call):
            raise _RefusedError(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")

    def _reachable(self, body: Mapping[str, Any]) -> Answer:
        users = body.get("users")
        if body.get("agentId") != self.identity:
            raise _RefusedError(403, "PERMISSION_DENIED", "The caller does not have permission")
        if not isinstance(users, list) or not 1 <= len(users) <= 10_000:
            raise _invalid("users has 1 to 10,000 numbers")
        return _json(200, {"reachableUsers": [user for user in users if _has_rcs(user)]})

    def _of_phone(self, call: Call, found: re.Match[str]) -> tuple[Answer, Taken | None]:
        phone, rest, message_id = found["phone"], found["rest"], found["id"]
        if call.method == "DELETE" and rest == "agentMessages" and message_id:
            return self._revoke(message_id), None
        if not _has_rcs(phone):
            raise _RefusedError(404, "NOT_FOUND", "Requested entity was not found.")
        if call.method == "GET" and rest == "capabilities":
            _uuid(call.query.get("requestId", ""))
            return _json(200, {"features": _FEATURES}), None
        if call.method == "POST" and rest == "agentMessages" and not message_id:
            return self._take(phone, call)
        raise _RefusedError(404, "NOT_FOUND", "Method not found.")

    def _take(self, phone: str, call: Call) -> tuple[Answer, Taken | None]:
        message_id = _uuid(call.query.get("messageId", ""))
        before = self._taken.get(message_id)
        if before is not None:
            return before, None
        body = _body(call)
        if not re.fullmatch(r"\d+(\.\d{1,9})?s", str(body.get("ttl", "1s"))):
            raise _invalid("ttl is a duration, such as 3.5s")
        content = body.get("contentMessage")
        text = _content(content if isinstance(content, dict) else {})
        answer = _json(200, {"name": f"phones/{phone}/agentMessages/{message_id}", "contentMessage": content})
        while len(self._taken) >= MESSAGES_KEPT:
            self._taken.pop(next(iter(self._taken)))
        self._taken[message_id] = answer
        return answer, Taken(message_id, phone, text, body)

    def _revoke(self, message_id: str) -> Answer:
        if self._taken.get(message_id) is None:
            raise _RefusedError(404, "NOT_FOUND", "Requested entity was not found.")
        self._taken[message_id] = None
        return _json(200, {})


# ---- what may be sent: each check returns what the contact reads -------------------------------------------------


def _content(content: Mapping[str, Any]) -> str:
    _suggestions(content, 11)
    kinds = [kind for kind in _BODIES if kind in content]
    if len(kinds) != 1:
        raise _invalid("contentMessage has one of text, contentInfo, richCard")
    return _BODIES[kinds[0]](content)


def _text(content: Mapping[str, Any]) -> str:
    return _limited(content, "text", 3072)


def _file(content: Mapping[str, Any]) -> str:
    _content_info(content)
    return ""


def _rich_card(content: Mapping[str, Any]) -> str:
    card = content["richCard"]
    if "carouselCard" in card:
        return _carousel(card["carouselCard"])
    standalone = card.get("standaloneCard") or {}
    orientation = standalone.get("cardOrientation")
    if orientation not in ("HORIZONTAL", "VERTICAL"):
        raise _invalid("cardOrientation is HORIZONTAL or VERTICAL")
    body = standalone.get("cardContent") or {}
    if orientation == "HORIZONTAL" and (
        "media" not in body or standalone.get("thumbnailImageAlignment") not in ("LEFT", "RIGHT")
    ):
        raise _invalid("a horizontal card has media and thumbnailImageAlignment")
    return _card(body)


def _carousel(carousel: Mapping[str, Any]) -> str:
    cards = carousel.get("cardContents") or []
    if carousel.get("cardWidth") not in ("SMALL", "MEDIUM"):
        raise _invalid("cardWidth is SMALL or MEDIUM")
    if not 2 <= len(cards) <= 10:
        raise _invalid("a carousel has 2 to 10 cards")
    if carousel["cardWidth"] == "SMALL" and any((card.get("media") or {}).get("height") == "TALL" for card in cards):
        raise _invalid("small cards have no tall media")
    return "\n\n".join(map(_card, cards))


def _card(card: Mapping[str, Any]) -> str:
    _suggestions(card, 4)
    media = card.get("media")
    if media is not None:
        if media.get("height") not in ("SHORT", "MEDIUM", "TALL"):
            raise _invalid("height is SHORT, MEDIUM or TALL")
        _content_info(media)
    title = _limited(card, "title", 200, is_required=False)
    description = _limited(card, "description", 2000, is_required=False)
    if not (media or title or description):
        raise _invalid("a card has media, title or description")
    return "\n".join(filter(None, (title, description)))


_BODIES: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "text": _text,
    "contentInfo": _file,
    "richCard": _rich_card,
}


def _content_info(content: Mapping[str, Any]) -> None:
    info = content.get("contentInfo") or {}
    _address(info, "fileUrl")
    if "thumbnailUrl" in info:
        _address(info, "thumbnailUrl")


def _suggestions(content: Mapping[str, Any], most: int) -> None:
    suggestions = content.get("suggestions") or []
    if len(suggestions) > most:
        raise _invalid(f"there are at most {most} suggestions")
    for suggestion in suggestions:
        shown = suggestion.get("reply") or suggestion.get("action") or {}
        _limited(shown, "text", 25)
        _limited(shown, "postbackData", 2048)
        if "action" in suggestion:
            _action(shown)


def _action(action: Mapping[str, Any]) -> None:
    kinds = [kind for kind in _ACTIONS if kind in action]
    if len(kinds) != 1:
        raise _invalid("an action has one kind")
    if "fallbackUrl" in action:
        _address(action, "fallbackUrl")
    _ACTIONS[kinds[0]](action[kinds[0]])


def _open_url(action: Mapping[str, Any]) -> None:
    _address(action, "url")


def _dial(action: Mapping[str, Any]) -> None:
    if not re.fullmatch(r"\+\d{3,15}", _limited(action, "phoneNumber", 16)):
        raise _invalid("phoneNumber is in E.164")


def _view_location(action: Mapping[str, Any]) -> None:
    if ("latLong" in action) == ("query" in action):
        raise _invalid("a place has latLong or query")
    place = action.get("latLong", {"latitude": 0.0, "longitude": 0.0})
    if not all(isinstance(place.get(name), int | float) for name in ("latitude", "longitude")):
        raise _invalid("latLong has latitude and longitude")


def _calendar_event(action: Mapping[str, Any]) -> None:
    for name in ("startTime", "endTime"):
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z", _limited(action, name, 40)):
            raise _invalid(f"{name} is a time such as 2014-10-02T15:01:23Z")
    _limited(action, "title", 100)
    _limited(action, "description", 500, is_required=False)


_ACTIONS: Final[Mapping[str, Callable[[Mapping[str, Any]], None]]] = {
    "openUrlAction": _open_url,
    "dialAction": _dial,
    "viewLocationAction": _view_location,
    "shareLocationAction": lambda action: None,
    "createCalendarEventAction": _calendar_event,
}


def _address(content: Mapping[str, Any], name: str) -> None:
    if not _limited(content, name, 2048).startswith(("http://", "https://")):
        raise _invalid(f"{name} is an address")


def _limited(content: Mapping[str, Any], name: str, length: int, is_required: bool = True) -> str:
    value = content.get(name, "")
    units = len(value.encode("utf-16-le")) // 2 if isinstance(value, str) else length + 1
    if units > length or (is_required and not value):
        raise _invalid(f"{name} has 1 to {length} characters")
    return str(value)


# ---- what contacts write -----------------------------------------------------------------------------------------


def _written(text: str, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    if unknown := fields.keys() - {"postback", "action", "location", "media"}:
        raise ValueError(f"RBM has no {', '.join(unknown)}")
    if fields.get("postback") or fields.get("action"):
        kind = "ACTION" if fields.get("action") else "REPLY"
        data = fields.get("action") or fields["postback"]
        return {"suggestionResponse": {"postbackData": data, "text": text, "type": kind}}
    if fields.get("location"):
        latitude, longitude = fields["location"]
        return {"location": {"latitude": latitude, "longitude": longitude}}
    if fields.get("media"):
        media = fields["media"]
        name = str(media.get("url", "")).rpartition("/")[2]
        file = {"mimeType": media.get("media_type", "image/jpeg"), "fileUri": media.get("url"), "fileName": name}
        return {"userFile": {"payload": {**file, "fileSizeBytes": 1}}}
    return {"text": text}


# ---- answers -----------------------------------------------------------------------------------------------------


def _has_rcs(phone: object) -> bool:
    return isinstance(phone, str) and not phone.endswith("404")


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise _invalid("ids are UUIDs") from None


def _body(call: Call) -> Mapping[str, Any]:
    if len(call.body) > MESSAGE_BYTES:
        raise _invalid("the message is larger than 250 KB")
    try:
        body = json.loads(call.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise _invalid("the body is no JSON object")
    return body


def _invalid(message: str) -> _RefusedError:
    return _RefusedError(400, "INVALID_ARGUMENT", f"Request contains an invalid argument: {message}.")


def _error(status: int, name: str, message: str) -> Answer:
    return _json(status, {"error": {"code": status, "message": message, "status": name}})


def _json(status: int, value: object) -> Answer:
    return Answer(status, json.dumps(value).encode())
