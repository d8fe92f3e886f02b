"""Google's access tokens for a service account, kept until shortly before they expire (OAuth 2.0, RFC 7523)."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from google.auth import jwt
from google.auth.crypt import RSASigner
from pydantic import AfterValidator, SecretStr

from botflow.channels.http import VendorAddressError, VendorHttp, VendorResponse, VendorUnreachableError

GOOGLE: Final = ".googleapis.com"
ASSERTION_SECONDS: Final = 3600
RENEWED_BEFORE_SECONDS: Final = 120.0
"""How long before its end a token is not used any more."""
KEYS_KEPT: Final = 256
TOKEN_SECONDS: Final = 5.0
"""Longest that Google may take to give a token: a message waits for it."""
_GRANT: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"


class TokenRefusedError(Exception):
    """Google does not let the service account in; the message is a sentence for the one who connected the sender."""


def _checked(key: SecretStr) -> SecretStr:
    fields = _fields(key)
    for name in ("client_email", "private_key", "token_uri"):
        text = fields.get(name)
        if not isinstance(text, str) or not text or not text.isascii():
            raise ValueError(f"the key file has no {name}: take the JSON file of a service account")
    _signer(fields)
    return key


ServiceAccountKey = Annotated[SecretStr, AfterValidator(_checked)]
"""The JSON file of a service account's key, as a field of Credentials."""


def project_of(key: SecretStr) -> str:
    """The project that the service account belongs to, or an empty text where its key does not say it."""
    return str(_fields(key).get("project_id") or "")


class GoogleTokens:
    """Access tokens by service account and scope; usable from several threads."""

    def __init__(self, http: VendorHttp, clock: Callable[[], float] = time.time) -> None:
        self._http = http
        self._clock = clock
        self._kept: dict[tuple[str, str], tuple[str, float]] = {}

    def token(self, key: SecretStr, scope: str) -> str:
        """A token that is good for a while yet. Asks Google only where none is kept.

        Raises TokenRefusedError, VendorAddressError, and VendorUnreachableError when it may work in a moment.
        """
        token, ends = self._kept.get(_place(key, scope), ("", 0.0))
        if self._clock() < ends - RENEWED_BEFORE_SECONDS:
            return token
        return self._renewed(key, scope)

    def forget(self, key: SecretStr, scope: str) -> None:
        """Ask anew next time: Google did not take the token."""
        self._kept.pop(_place(key, scope), None)

    def _renewed(self, key: SecretStr, scope: str) -> str:
        fields, now = _fields(key), self._clock()
        answer = self._http.request(
            "POST",
            self._token_address(fields["token_uri"]),
            form={"grant_type": _GRANT, "assertion": _assertion(fields, scope, int(now))},
            timeout=TOKEN_SECONDS,
        )
        token, seconds = _read(answer)
        ended = [place for place, (_, ends) in self._kept.copy().items() if ends <= now]
        for place in ended:
            self._kept.pop(place, None)
        self._kept[_place(key, scope)] = (token, now + seconds)
        return token

    def _token_address(self, address: str) -> str:
        """Google's, or one that the operator lists: whoever answers it decides what the tokens are."""
        scheme, host, port = _parts(address)
        if (scheme == "https" and host.endswith(GOOGLE)) or self._http.hosts.is_listed(host, port):
            return address
        raise VendorAddressError(
            f"The key's token_uri leads to {host or 'no host'}, which is not Google's. "
            "Where it is meant, list it in BOTFLOW_VENDOR_HOSTS."
        )


def _place(key: SecretStr, scope: str) -> tuple[str, str]:
    return key.get_secret_value(), scope


def _fields(key: SecretStr) -> Mapping[str, Any]:
    try:
        fields = json.loads(key.get_secret_value())
    except (ValueError, RecursionError):
        raise ValueError("the key is no JSON: take the whole JSON file of a service account") from None
    if not isinstance(fields, dict):
        raise ValueError("the key is no JSON object: take the whole JSON file of a service account")
    return fields


def _signer(fields: Mapping[str, Any]) -> RSASigner:
    key = _private_key(fields["private_key"])
    if key is None:
        raise ValueError("the private_key of the key file is no RSA key in PEM")
    return RSASigner(key, fields.get("private_key_id"))  # type: ignore[no-untyped-call]  # google-auth has no types here


@lru_cache(KEYS_KEPT)
def _private_key(pem: str) -> RSAPrivateKey | None:
    """The key, kept because to check one takes longer than to send a message; None: it is none."""
    try:
        key = load_pem_private_key(pem.encode(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):  # what is wrong with it may quote from it
        return None
    return key if isinstance(key, RSAPrivateKey) else None


def _assertion(fields: Mapping[str, Any], scope: str, now: int) -> str:
    claims = {
        "iss": fields["client_email"],
        "scope": scope,
        "aud": fields["token_uri"],
        "iat": now,
        "exp": now + ASSERTION_SECONDS,
    }
    encoded: bytes = jwt.encode(_signer(fields), claims)  # type: ignore[no-untyped-call]  # google-auth has no types here
    return encoded.decode()


def _read(answer: VendorResponse) -> tuple[str, float]:
    """The token, and the seconds it is good for."""
    content = answer.json()
    content = content if isinstance(content, dict) else {}
    if answer.status >= 500 or answer.status == 429:
        raise VendorUnreachableError(f"Google gives no token at the moment: it answered {answer.status}")
    if not answer.ok:
        reason = content.get("error_description") or content.get("error") or f"it answered {answer.status}"
        raise TokenRefusedError(f"Google does not let the service account in: {str(reason)[:200]}")
    token, seconds = content.get("access_token"), content.get("expires_in")
    if not isinstance(token, str) or not re.fullmatch("[!-~]+", token) or not isinstance(seconds, int | float):
        raise VendorUnreachableError("Google's answer holds no token")
    return token, float(seconds)


def _parts(address: str) -> tuple[str, str, int]:
    """Scheme, host and port."""
    try:
        parts = urlsplit(address)
        return parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return "", "", 0
