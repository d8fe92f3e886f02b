"""A push service (RFC 8030), and the browsers behind it: they subscribe, decrypt (RFC 8291), and click.

It is written from the RFCs with `cryptography` alone, since the adapter encrypts with a library.
"""

from __future__ import annotations

import base64
import json
import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from botflow.vendor_sim.contract import Answer, Call, Hook, HttpVendor, State, Taken

MESSAGE_BYTES: Final = 4096
TOKEN_SECONDS: Final = 24 * 3600
_HEADER_BYTES: Final = 21
_POINT_BYTES: Final = 65
_SALT_BYTES: Final = 16
_URGENCIES: Final = frozenset({"very-low", "low", "normal", "high"})
_PATH: Final = re.compile(r"/(subscribe|push)/([\w.-]{1,64})")
_TOPIC: Final = re.compile(r"[A-Za-z0-9_-]{1,32}")
_VAPID: Final = re.compile(r"vapid t=([\w-]+\.[\w-]+\.[\w-]+),\s*k=([\w-]+)")
_CURVE: Final = ec.SECP256R1()


class _RefusedError(Exception):
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.answer = Answer(status, message.encode(), {"Content-Type": "text/plain"})


@dataclass(frozen=True)
class Browser:
    """A subscription of a browser, with the keys that nobody else has."""

    name: str
    key: ec.EllipticCurvePrivateKey
    auth: bytes

    def address(self, base_url: str) -> str:
        """The subscription as the address of a contact."""
        fields = {
            "auth": _encoded(self.auth),
            "endpoint": f"{base_url}/push/{self.name}",
            "p256dh": _encoded(self.point),
        }
        return json.dumps(fields, separators=(",", ":"))

    @property
    def point(self) -> bytes:
        """The public key."""
        return _point(self.key.public_key())

    def decrypted(self, body: bytes) -> bytes:
        """What a message says (RFC 8188, RFC 8291). Raises ValueError, InvalidTag."""
        salt, size = body[:_SALT_BYTES], int.from_bytes(body[_SALT_BYTES : _HEADER_BYTES - 1], "big")
        sender = body[_HEADER_BYTES : _HEADER_BYTES + _POINT_BYTES]
        record = body[_HEADER_BYTES + _POINT_BYTES :]
        if body[_HEADER_BYTES - 1 : _HEADER_BYTES] != bytes([_POINT_BYTES]) or len(record) > size:
            raise ValueError("one record with a key of 65 bytes is expected")
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, sender))
        secret = _derived(shared, self.auth, b"WebPush: info\x00" + self.point + sender, 32)
        key = _derived(secret, salt, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = _derived(secret, salt, b"Content-Encoding: nonce\x00", 12)
        padded = AESGCM(key).decrypt(nonce, record, None).rstrip(b"\x00")
        if not padded.endswith(b"\x02"):
            raise ValueError("the last record ends with 2")
        return padded[:-1]


class WebPush(HttpVendor):
    """A push service. GET /subscribe/ann subscribes a browser by that name and shows the address to give the contact.

    Browsers whose name begins with `gone` have unsubscribed since.
    """

    name = "web_push"

    def __init__(self, webhook_url: str = "", clock: Callable[[], float] = time.time) -> None:
        self.webhook_url = webhook_url
        self._clock = clock
        self._server_key = ec.generate_private_key(_CURVE)
        self.identity = _encoded(_point(self._server_key.public_key()))
        self._base_url = ""
        self._browsers: dict[str, Browser] = {}

    def credentials(self, base_url: str) -> Mapping[str, Any]:
        """What the sender's credentials have to be."""
        self._base_url = base_url.rstrip("/")
        private = self._server_key.private_numbers().private_value.to_bytes(32, "big")
        return {"private_key": _encoded(private), "subject": "mailto:admin@example.com"}

    def subscribe(self, name: str) -> str:
        """The address of a contact whose browser subscribes."""
        browser = self._browsers.get(name) or Browser(name, ec.generate_private_key(_CURVE), secrets.token_bytes(16))
        self._browsers[name] = browser
        return browser.address(self._base_url)

    def handle(self, call: Call) -> tuple[Answer, Taken | None]:
        """Answer a push, or show a subscription."""
        found = _PATH.fullmatch(call.path)
        if found is None:
            return Answer(404, b""), None
        action, name = found.groups()
        if action == "subscribe" and call.method == "GET":
            return Answer(200, self.subscribe(name).encode()), None
        try:
            return self._push(call, name if action == "push" else "")
        except _RefusedError as error:
            return error.answer, None

    def throttled(self) -> Answer:
        """Too many messages."""
        return Answer(429, b"", {"Retry-After": "1"})

    def failed(self) -> Answer:
        """Something is wrong at the push service."""
        return Answer(503, b"")

    def report(self, taken: Taken, state: State) -> Hook | None:
        """The beacon of the service worker when the notification is clicked; of anything else there is none."""
        url = taken.content.get("beacon")
        if state != "seen" or not url:
            return None
        return Hook(url, {"Content-Type": "text/plain;charset=UTF-8"}, b"")

    def message(self, contact: str, message_id: str, text: str, **fields: Any) -> Hook:
        """Nobody answers a notification. Raises ValueError."""
        raise ValueError("Web push has no messages of contacts")

    def _push(self, call: Call, name: str) -> tuple[Answer, Taken | None]:
        browser = self._browsers.get(name)
        if call.method != "POST" or browser is None:
            raise _RefusedError(404, "no such subscription")
        if name.startswith("gone"):
            raise _RefusedError(410, "push subscription has unsubscribed or expired")
        self._authorize(call)
        _check_headers(call)
        if len(call.body) > MESSAGE_BYTES:
            raise _RefusedError(413, "payload too large")
        try:
            content = json.loads(browser.decrypted(call.body))
        except (ValueError, InvalidTag):
            raise _RefusedError(400, "the browser cannot read this") from None
        shown = "\n".join(filter(None, (content.get("title"), content.get("body"))))
        location = {"Location": f"{self._base_url}/message/{secrets.token_urlsafe(8)}"}
        taken = Taken(str(content.get("id")), browser.address(self._base_url), shown, content)
        return Answer(201, b"", location), taken

    def _authorize(self, call: Call) -> None:
        found = _VAPID.fullmatch(call.headers.get("authorization", ""))
        if found is None:
            raise _RefusedError(401, "missing VAPID")
        token, key = found.groups()
        if key != self.identity:
            raise _RefusedError(403, "the subscription belongs to another key")
        if fault := _token_fault(token, self._server_key.public_key(), self._origin, self._clock()):
            raise _RefusedError(403, fault)

    @property
    def _origin(self) -> str:
        parts = urlsplit(self._base_url)
        return f"{parts.scheme}://{parts.netloc}"


def _check_headers(call: Call) -> None:
    if call.headers.get("content-encoding") != "aes128gcm":
        raise _RefusedError(415, "Content-Encoding is aes128gcm")
    if not re.fullmatch(r"\d{1,10}", call.headers.get("ttl", "")):
        raise _RefusedError(400, "missing TTL")
    if call.headers.get("urgency", "normal") not in _URGENCIES:
        raise _RefusedError(400, "no such Urgency")
    if not _TOPIC.fullmatch(call.headers.get("topic", "topic")):
        raise _RefusedError(400, "no such Topic")


def _token_fault(token: str, key: ec.EllipticCurvePublicKey, origin: str, now: float) -> str:
    """What is wrong with a VAPID token (RFC 8292), or nothing."""
    head, claims, signature = token.split(".")
    raw = _decoded(signature)
    pair = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    try:
        key.verify(pair, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
        said = json.loads(_decoded(claims))
    except (ValueError, InvalidSignature):
        return "invalid VAPID signature"
    if said.get("aud") != origin:
        return "aud is another push service"
    if not now < said.get("exp", 0) <= now + TOKEN_SECONDS:
        return "exp is past, or more than a day away"
    return "" if str(said.get("sub", "")).startswith(("mailto:", "https:")) else "sub is missing"


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
