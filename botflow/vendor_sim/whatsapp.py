"""WhatsApp's Cloud API as its documentation has it: messages, media, the phone number, and signed webhooks."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
import re
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from botflow.vendor_sim.contract import Answer, Call, Hook, HttpVendor, State, Taken

_PATH: Final = re.compile(r"/v\d+\.\d+/(?P<object>[^/]+)(?P<edge>/messages|/message_templates)?")
_STATUSES: Final[Mapping[State, str]] = {"sent": "sent", "delivered": "delivered", "seen": "read", "failed": "failed"}
_CHALLENGE: Final = "1158201444"
_MEDIA_TYPES: Final = ("image", "video", "document", "audio", "sticker")
_BUSINESS: Final = "102290129340398"
_CATEGORIES: Final = ("MARKETING", "UTILITY", "AUTHENTICATION")
_TEMPLATE_PAGE: Final = 25
MEDIA_KEPT: Final = 1000


class _RefusedError(Exception):
    def __init__(self, status: int, code: int, message: str, details: str = "") -> None:
        super().__init__(message)
        self.answer = _error(status, code, message, details)


class WhatsAppCloud(HttpVendor):
    """A phone number at WhatsApp. Whatever has the right form is taken.

    A template that is handed in waits until `decide` approves or rejects it; one that nobody handed in counts as
    approved.
    """

    name = "whatsapp_cloud"

    def __init__(
        self,
        identity: str = "106540352242922",
        access_token: str = "simulated-access-token",
        app_secret: str = "simulated-app-secret",
        verify_token: str = "simulated-verify-token",
        webhook_url: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.identity = identity
        self.webhook_url = webhook_url
        self.media: dict[str, tuple[str, bytes]] = {}
        """Files of contacts by their id: media type and bytes."""
        self.templates: dict[str, dict[str, Any]] = {}
        """Templates of the business account by their id."""
        self._undecided: list[str] = []
        self._access_token = access_token
        self._app_secret = app_secret.encode()
        self._verify_token = verify_token
        self._clock = clock
        self._ids = itertools.count(1)
        self._failed_with = {"code": 131026, "title": "Message undeliverable"}

    def credentials(self, base_url: str) -> Mapping[str, Any]:
        """What the sender's credentials have to be."""
        return {
            "access_token": self._access_token,
            "app_secret": self._app_secret.decode(),
            "verify_token": self._verify_token,
            "business_account_id": _BUSINESS,
            "base_url": base_url,
        }

    def handle(self, call: Call) -> tuple[Answer, Taken | None]:
        """Answer a call of the Graph API."""
        try:
            if call.headers.get("authorization") != f"Bearer {self._access_token}":
                raise _RefusedError(401, 190, "Invalid OAuth access token - Cannot parse access token")
            if call.path.startswith("/media/"):
                return self._file(call.path.removeprefix("/media/")), None
            found = _PATH.fullmatch(call.path)
            if found is None:
                raise _RefusedError(404, 2500, "Unknown path components")
            if found["edge"] == "/message_templates" and found["object"] == _BUSINESS:
                return self._templates(call), None
            if call.method == "POST" and not found["edge"] and found["object"] in self.templates:
                return self._edited(self.templates[found["object"]], _body(call)), None
            if call.method == "GET" and not found["edge"]:
                return self._object(found["object"], call), None
            if call.method == "POST" and found["edge"] == "/messages" and found["object"] == self.identity:
                return self._messages(_body(call))
            if call.method == "POST" and not found["edge"] and found["object"] == self.identity:
                return self._configure(_body(call)), None
            raise _missing(found["object"])
        except _RefusedError as error:
            return error.answer, None

    def throttled(self) -> Answer:
        """The throughput of the number is used up."""
        return _error(429, 130429, "(#130429) Rate limit hit")

    def failed(self) -> Answer:
        """Something is wrong at the vendor."""
        return _error(500, 131000, "(#131000) Something went wrong")

    def report(self, taken: Taken, state: State) -> Hook:
        """A status of a message."""
        return self.statuses([(taken, state)])

    def statuses(self, reported: Iterable[tuple[Taken, State]]) -> Hook:
        """One webhook with the statuses of several messages, as the vendor sends them when there are many."""
        return self.hook(self._change({"statuses": [self._status(taken, state) for taken, state in reported]}))

    def _status(self, taken: Taken, state: State) -> dict[str, Any]:
        status: dict[str, Any] = {
            "id": taken.vendor_id,
            "status": _STATUSES[state],
            "timestamp": str(int(self._clock())),
            "recipient_id": taken.to,
        }
        if "biz_opaque_callback_data" in taken.content:
            status["biz_opaque_callback_data"] = taken.content["biz_opaque_callback_data"]
        if state == "failed":
            status["errors"] = [self._failed_with]
        else:
            status["pricing"] = {"billable": True, "pricing_model": "PMP", "category": "service", "type": "regular"}
        return status

    def message(self, contact: str, message_id: str, text: str, **fields: Any) -> Hook:
        """A message of a contact: text, a tapped button, a location, or media with the text as its caption."""
        kind, content = self._content(text, fields)
        message: dict[str, Any] = {
            "from": contact,
            "id": f"wamid.{message_id}",
            "timestamp": str(int(self._clock())),
            "type": kind,
            kind: content,
        }
        if fields.get("in_reply_to"):
            message["context"] = {"from": "15550783881", "id": fields["in_reply_to"]}
        profile = {"profile": {"name": fields.get("name") or f"Contact {contact}"}, "wa_id": contact}
        return self.hook(self._change({"contacts": [profile], "messages": [message]}))

    def decide(self, name: str, event: str = "APPROVED", reason: str = "NONE") -> Hook:
        """Approve, reject or pause the templates of this name; the webhook that tells it of the last one."""
        chosen = [template for template in self.templates.values() if template["name"] == name]
        for template in chosen:
            template |= {"status": event, "rejected_reason": reason}
        return self._decision(chosen[-1])

    def decisions(self) -> list[Hook]:
        """The review of what was handed in since: `reject` in a name gets it rejected."""
        decided, self._undecided = [self.templates[key] for key in self._undecided if key in self.templates], []
        for template in decided:
            is_bad = "reject" in template["name"]
            template |= {"status": "REJECTED" if is_bad else "APPROVED"}
            template |= {"rejected_reason": "INVALID_FORMAT" if is_bad else "NONE"}
        return [self._decision(template) for template in decided]

    def _decision(self, template: Mapping[str, Any]) -> Hook:
        value = {
            "event": template["status"],
            "message_template_id": int(template["id"]),
            "message_template_name": template["name"],
            "message_template_language": template["language"],
            "reason": template["rejected_reason"],
        }
        change = {"field": "message_template_status_update", "value": value}
        return self.hook({"object": "whatsapp_business_account", "entry": [{"id": _BUSINESS, "changes": [change]}]})

    def handshake(self) -> Hook:
        """The GET by which a webhook address is verified."""
        query = {"hub.mode": "subscribe", "hub.challenge": _CHALLENGE, "hub.verify_token": self._verify_token}
        separator = "&" if "?" in self.webhook_url else "?"
        url = f"{self.webhook_url}{separator}{urlencode(query)}"
        return Hook(url, {}, b"", method="GET", expects=_CHALLENGE.encode())

    def hook(self, payload: Mapping[str, Any]) -> Hook:
        """A webhook with this payload, signed. Text is escaped as the vendor does it."""
        body = json.dumps(payload, separators=(",", ":")).replace("/", "\\/").encode()
        signature = hmac.new(self._app_secret, body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={signature}"}
        return Hook(self.webhook_url, headers, body)

    def _change(self, value: Mapping[str, Any]) -> dict[str, Any]:
        metadata = {"display_phone_number": "15550783881", "phone_number_id": self.identity}
        change = {"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}
        return {"object": "whatsapp_business_account", "entry": [{"id": _BUSINESS, "changes": [change]}]}

    def _content(self, text: str, fields: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        if fields.get("postback"):
            reply = {"id": fields["postback"], "title": text}
            return "interactive", {"type": "button_reply", "button_reply": reply}
        if fields.get("location"):
            latitude, longitude = fields["location"]
            return "location", {"latitude": latitude, "longitude": longitude}
        if fields.get("media"):
            return self._medium(text, fields["media"])
        return "text", {"body": text}

    def _medium(self, caption: str, media: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        media_type = media.get("media_type", "image/jpeg")
        kind = media_type.partition("/")[0]
        if kind not in _MEDIA_TYPES:
            kind = "document"
        media_id = f"media-{next(self._ids)}"
        if len(self.media) >= MEDIA_KEPT:
            self.media.pop(next(iter(self.media)))
        self.media[media_id] = (media_type, str(media.get("url", "")).encode())
        content = {"id": media_id, "mime_type": media_type}
        return kind, {**content, "caption": caption} if caption else content

    def _messages(self, body: Mapping[str, Any]) -> tuple[Answer, Taken | None]:
        if body.get("messaging_product") != "whatsapp":
            raise _RefusedError(400, 100, "(#100) The parameter messaging_product is required.")
        if body.get("status") == "read":
            return _json(200, {"success": True}), None
        kind, to = body.get("type", "text"), _recipient(body)
        check = _CHECKS.get(str(kind))
        if check is None:
            raise _RefusedError(400, 100, "(#100) Invalid parameter", f"type {kind!r} is not known")
        text = check(body.get(str(kind)) or {})
        if kind == "template":
            self._check_approved(body["template"])
        vendor_id = "wamid." + base64.b64encode(f"{to}:{next(self._ids):012}".encode()).decode()
        answer = {
            "messaging_product": "whatsapp",
            "contacts": [{"input": body.get("to") or body.get("recipient"), "wa_id": to}],
            "messages": [{"id": vendor_id}],
        }
        return _json(200, answer), Taken(vendor_id, to, text, body)

    def _configure(self, body: Mapping[str, Any]) -> Answer:
        """Another address for the webhooks of this number. The real one calls it before it answers."""
        webhook = body.get("webhook_configuration") or {}
        if not webhook.get("override_callback_uri") or webhook.get("verify_token") != self._verify_token:
            raise _RefusedError(400, 2200, "(#2200) Callback verification failed")
        self.webhook_url = str(webhook["override_callback_uri"])
        return _json(200, {"success": True})

    def _templates(self, call: Call) -> Answer:
        if call.method == "GET":
            return self._listed(call.query)
        if call.method == "DELETE":
            found = self.templates.get(call.query.get("hsm_id", ""))
            if found is None or found["name"] != call.query.get("name"):
                return _error(404, 100, "(#100) Invalid parameter", "no such template")
            del self.templates[found["id"]]
            return _json(200, {"success": True})
        body = _body(call)
        named = {name: body.get(name) for name in ("name", "language")}
        if any({name: template[name] for name in named} == named for template in self.templates.values()):
            raise _RefusedError(400, 100, "(#100) Invalid parameter", "there is content in this language already")
        if not re.fullmatch(r"[a-z0-9_]{1,512}", str(named["name"])) or not isinstance(named["language"], str):
            raise _RefusedError(400, 100, "(#100) Invalid parameter", "name has small letters, digits and _")
        template_id = str(700_000_000_000_000 + next(self._ids))
        template = {"id": template_id, **named}
        self._edited(template, body)
        self.templates[template_id] = template
        return _json(200, {name: template[name] for name in ("id", "status", "category")})

    def _edited(self, template: dict[str, Any], body: Mapping[str, Any]) -> Answer:
        """Another content; it is reviewed anew."""
        components = body.get("components")
        if body.get("category") not in _CATEGORIES or not isinstance(components, list):
            raise _RefusedError(400, 100, "(#100) Invalid parameter", "category and components are required")
        if not any(isinstance(part, dict) and part.get("type") == "BODY" for part in components):
            raise _RefusedError(400, 100, "(#100) Invalid parameter", "a template has a BODY")
        template |= {"category": body["category"], "components": components}
        template |= {"status": "PENDING", "rejected_reason": "NONE"}
        self._undecided.append(template["id"])
        return _json(200, {"success": True})

    def _listed(self, query: Mapping[str, str]) -> Answer:
        """A page, however many were asked for: the last one has no `next`."""
        start = int(query.get("after") or 0)
        found = list(self.templates.values())
        end = start + min(int(query.get("limit", _TEMPLATE_PAGE)), _TEMPLATE_PAGE)
        paging: dict[str, Any] = {"cursors": {"before": str(start), "after": str(end)}}
        if end < len(found):
            paging["next"] = f"https://graph.facebook.com/more?after={end}"
        return _json(200, {"data": found[start:end], "paging": paging})

    def _check_approved(self, sent: Mapping[str, Any]) -> None:
        wanted = (sent["name"], sent["language"]["code"])
        for template in self.templates.values():
            if (template["name"], template["language"]) == wanted and template["status"] != "APPROVED":
                raise _RefusedError(404, 132001, "(#132001) Template name does not exist in the translation")

    def _object(self, name: str, call: Call) -> Answer:
        if name == self.identity:
            shown = {"display_phone_number": "+1 555-078-3881", "verified_name": "Simulated"}
            return _json(200, {**shown, "quality_rating": "GREEN", "id": name})
        if name not in self.media:
            raise _missing(name)
        media_type, content = self.media[name]
        url = f"http://{call.headers.get('host', '')}/{self.name}/media/{name}"
        digest = hashlib.sha256(content).hexdigest()
        found = {"url": url, "mime_type": media_type, "sha256": digest, "file_size": len(content), "id": name}
        return _json(200, {**found, "messaging_product": "whatsapp"})

    def _file(self, name: str) -> Answer:
        if name not in self.media:
            raise _missing(name)
        media_type, content = self.media[name]
        return Answer(200, content, {"Content-Type": media_type})


# ---- what may be sent: each check returns what the contact reads -------------------------------------------------


def _text(content: Mapping[str, Any]) -> str:
    return _limited(content, "body", 4096)


def _media(content: Mapping[str, Any]) -> str:
    if not str(content.get("link", "")).startswith(("http://", "https://")) and not content.get("id"):
        raise _invalid("media needs a link or an id")
    return _limited(content, "caption", 1024, is_required=False)


def _audio(content: Mapping[str, Any]) -> str:
    if "caption" in content or "filename" in content:
        raise _invalid("audio and stickers have neither caption nor filename")
    return _media(content)


def _location(content: Mapping[str, Any]) -> str:
    if not all(isinstance(content.get(name), int | float) for name in ("latitude", "longitude")):
        raise _invalid("latitude and longitude are numbers")
    return str(content.get("name") or content.get("address") or "")


def _interactive(content: Mapping[str, Any]) -> str:
    kind = str(content.get("type"))
    if kind not in _ACTIONS:
        raise _invalid(f"interactive type {kind!r} is not known")
    text = _limited(content.get("body") or {}, "text", 4096 if kind == "list" else 1024)
    if "footer" in content:
        _limited(content["footer"], "text", 60)
    header = content.get("header")
    if header is not None and header.get("type") == "text":
        _limited(header, "text", 60)
    _ACTIONS[kind](content.get("action") or {})
    return text


def _buttons(action: Mapping[str, Any]) -> None:
    buttons = action.get("buttons") or []
    if not 1 <= len(buttons) <= 3:
        raise _invalid("there are 1 to 3 buttons")
    for button in buttons:
        if button.get("type") != "reply":
            raise _invalid("a button has the type reply")
    _unique([button.get("reply") or {} for button in buttons], 20, 256)
    titles = [button["reply"]["title"] for button in buttons]
    if len(set(titles)) < len(titles):
        raise _invalid("titles of buttons are unique")


def _list(action: Mapping[str, Any]) -> None:
    _limited(action, "button", 20)
    sections = action.get("sections") or []
    if not 1 <= len(sections) <= 10:
        raise _invalid("there are 1 to 10 sections")
    if len(sections) > 1 and not all(section.get("title") for section in sections):
        raise _invalid("each of several sections has a title")
    rows = [row for section in sections for row in section.get("rows") or []]
    if not 1 <= len(rows) <= 10:
        raise _invalid("there are 1 to 10 rows")
    _unique(rows, 24, 200)


def _location_request(action: Mapping[str, Any]) -> None:
    if action.get("name") != "send_location":
        raise _invalid("the action is send_location")


def _unique(choices: list[Mapping[str, Any]], title: int, identifier: int) -> None:
    for choice in choices:
        _limited(choice, "title", title)
        _limited(choice, "id", identifier)
    if len({choice["id"] for choice in choices}) < len(choices):
        raise _invalid("ids are unique")


def _template(content: Mapping[str, Any]) -> str:
    name = _limited(content, "name", 512)
    language = content.get("language") or {}
    if not isinstance(language.get("code"), str):
        raise _RefusedError(400, 131008, "(#131008) Required parameter is missing", "language code")
    texts = [
        str(parameter.get("text"))
        for component in content.get("components") or []
        for parameter in component.get("parameters") or []
        if parameter.get("type") == "text"
    ]
    return " ".join([name, *texts])


_CHECKS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "text": _text,
    "image": _media,
    "video": _media,
    "document": _media,
    "audio": _audio,
    "sticker": _audio,
    "location": _location,
    "interactive": _interactive,
    "template": _template,
}
_ACTIONS: Final[Mapping[str, Callable[[Mapping[str, Any]], None]]] = {
    "button": _buttons,
    "list": _list,
    "location_request_message": _location_request,
}


def _recipient(body: Mapping[str, Any]) -> str:
    """A number, or the id of a contact who shows none."""
    to, recipient = body.get("to"), body.get("recipient")
    if isinstance(to, str) and to.strip("+").isdigit():
        return to.strip("+")
    if to is None and isinstance(recipient, str) and re.fullmatch(r"[A-Z]{2}\.(ENT\.)?\w{1,128}", recipient):
        return recipient
    raise _RefusedError(400, 100, "(#100) Invalid parameter", "to is no phone number, recipient no id of a user")


def _limited(content: Mapping[str, Any], name: str, length: int, is_required: bool = True) -> str:
    value = content.get(name, "")
    if not isinstance(value, str) or len(value) > length or (is_required and not value.strip()):
        raise _invalid(f"{name} has 1 to {length} characters")
    return value


def _invalid(details: str) -> _RefusedError:
    return _RefusedError(400, 131009, "(#131009) Parameter value is not valid", details)


def _missing(name: str) -> _RefusedError:
    message = f"Unsupported request. Object with ID '{name}' does not exist or cannot be loaded"
    return _RefusedError(400, 100, message)


def _body(call: Call) -> Mapping[str, Any]:
    try:
        body = json.loads(call.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise _RefusedError(400, 100, "(#100) Invalid parameter", "the body is no JSON object")
    return body


def _error(status: int, code: int, message: str, details: str = "") -> Answer:
    error: dict[str, Any] = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "Az8or2yhqkZ"}
    if details:
        error["error_data"] = {"messaging_product": "whatsapp", "details": details}
    return _json(status, {"error": error})


def _json(status: int, value: object) -> Answer:
    return Answer(status, json.dumps(value).encode())
