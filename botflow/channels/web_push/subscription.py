"""A browser's subscription: the address of a contact of web push, as one canonical text."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

from botflow.channels.addresses import Hosts

ENDPOINT_LENGTH: Final = 2048
AUTH_BYTES: Final = 16
PORTS: Final = {"https": 443, "http": 80}
_PLAIN: Final = re.compile(r"https?://[!-~]+")


class InvalidSubscriptionError(ValueError):
    """This is no subscription that can be pushed to; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class PushSubscription:
    """`endpoint` is where the push service takes messages; `key` (P-256) and `auth` encrypt them for the browser."""

    endpoint: str
    key: bytes
    auth: bytes

    @property
    def address(self) -> str:
        """The same text for the same subscription: keys sorted, no spaces, base64url without padding."""
        fields = {"auth": encoded(self.auth), "endpoint": self.endpoint, "p256dh": encoded(self.key)}
        return json.dumps(fields, separators=(",", ":"), ensure_ascii=False)

    @property
    def origin(self) -> str:
        """The push service, as VAPID names it."""
        parts = urlsplit(self.endpoint)
        return f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")


def subscription(text: str, hosts: Hosts) -> PushSubscription:
    """Read a subscription: canonical, or what PushSubscription.toJSON() gives in a browser.

    The endpoint is https, or http to a host that the operator lists. Raises InvalidSubscriptionError.
    """
    fields = _fields(text)
    keys = fields.get("keys", fields)
    keys = keys if isinstance(keys, dict) else {}
    key, auth = _decoded(keys, "p256dh"), _decoded(keys, "auth")
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), key)
    except ValueError:
        raise InvalidSubscriptionError("The p256dh of a subscription is a point of P-256, as base64url.") from None
    if len(auth) != AUTH_BYTES:
        raise InvalidSubscriptionError(f"The auth of a subscription has {AUTH_BYTES} bytes, as base64url.")
    return PushSubscription(_endpoint(fields.get("endpoint"), hosts), key, auth)


def encoded(value: bytes) -> str:
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """Such a text as bytes. Raises ValueError."""
    text = text.rstrip("=")
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _fields(text: str) -> Mapping[str, Any]:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        raise InvalidSubscriptionError("The address of web push is a subscription as JSON: endpoint, p256dh and auth.")
    return fields


def _decoded(keys: Mapping[str, Any], name: str) -> bytes:
    try:
        return decoded(str(keys.get(name)))
    except ValueError:
        raise InvalidSubscriptionError(f"The {name} of a subscription is base64url.") from None


def _endpoint(endpoint: object, hosts: Hosts) -> str:
    if isinstance(endpoint, str) and len(endpoint) <= ENDPOINT_LENGTH and _PLAIN.fullmatch(endpoint):
        try:
            parts = urlsplit(endpoint)
            host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
        except ValueError:
            host, port, parts = "", 0, urlsplit("")
        # no push service is an address in brackets, and VAPID has no way to name one
        if host and not {"@", "["} & set(parts.netloc) and (parts.scheme == "https" or hosts.is_listed(host, port)):
            return endpoint
    raise InvalidSubscriptionError("The endpoint of a subscription begins with https:// and names the push service.")
