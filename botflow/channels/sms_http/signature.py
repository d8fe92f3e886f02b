"""The vendor's signature: base64 of HMAC-SHA1 over the webhook's public address and the sorted fields of its form.

A body that is no form is covered by its digest, which stands in the address as `bodySHA256`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import parse_qs, urlsplit, urlunsplit

from botflow.channels.contract import SignatureError

HEADER: Final = "x-twilio-signature"
SETTINGS_HEADER: Final = "x-twilio-webhooks-signature-settings"
"""Names another key and another algorithm, which we do not have."""
BODY_DIGEST: Final = "bodySHA256"
_PORTS: Final = {"http": 80, "https": 443}

Pairs = Sequence[tuple[str, str]]


def signature(token: str, url: str, pairs: Pairs) -> str:
    """What the vendor signs a request with: a field that comes twice with one value counts once."""
    signed = url + "".join(name + value for name, value in sorted(set(pairs)))
    digest = hmac.new(token.encode(), signed.encode("utf-8", "surrogateescape"), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def check(token: str, url: str, headers_signature: str, pairs: Pairs) -> None:
    """Check the signature of a form. The vendor's own machines do not agree on the port. Raises SignatureError."""
    if not url.startswith(("http://", "https://")):
        raise SignatureError("the server does not know its public address: set BOTFLOW_PUBLIC_URL")
    given = headers_signature.encode("utf-8", "surrogatepass")
    expected = [signature(token, spelled, pairs).encode() for spelled in _spellings(url)]
    if not any(hmac.compare_digest(given, one) for one in expected):
        raise SignatureError("the signature is not that of the auth token and BOTFLOW_PUBLIC_URL")


def check_body(url: str, body: bytes) -> None:
    """Check the digest of a body that is no form. Raises SignatureError."""
    found = parse_qs(urlsplit(url).query).get(BODY_DIGEST, [""])
    digest = hashlib.sha256(body).hexdigest()
    if not hmac.compare_digest(found[0].encode("utf-8", "surrogatepass"), digest.encode()):
        raise SignatureError("the body is not the one that was signed")


def _spellings(url: str) -> Iterator[str]:
    """The address without a port, and with one."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition(":")[0] if parts.port else parts.netloc
    yield urlunsplit(parts._replace(netloc=host))
    yield urlunsplit(parts._replace(netloc=f"{host}:{parts.port or _PORTS[parts.scheme]}"))
