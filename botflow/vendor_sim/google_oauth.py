"""Google's access tokens as documented: a service account's key, and the address that gives tokens (RFC 7523)."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import secrets
from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qsl

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from botflow.vendor_sim.contract import Answer, Call

PROJECT: Final = "botflow-simulated"
ACCOUNT: Final = f"simulated@{PROJECT}.iam.gserviceaccount.com"
TOKEN_SECONDS: Final = 3600
TOKENS_KEPT: Final = 1000
PATH: Final = "/token"


class TokenAddress:
    """Gives tokens of one scope to the simulated service account."""

    def __init__(self, scope: str, clock: Callable[[], float]) -> None:
        self.address = ""
        """What assertions have to be made for; the account's key names it."""
        self._scope = scope
        self._clock = clock
        self._tokens: dict[str, float] = {}

    def service_account(self, base_url: str) -> str:
        """The JSON file of the account's key, for tokens from this address on."""
        self.address = f"{base_url.rstrip('/')}{PATH}"
        key = {
            "type": "service_account",
            "project_id": PROJECT,
            "private_key_id": _key_id(),
            "private_key": _private_pem(),
            "client_email": ACCOUNT,
            "client_id": "100000000000000000000",
            "token_uri": self.address,
        }
        return json.dumps(key)

    def answer(self, call: Call) -> Answer:
        """Answer a call of the token address."""
        form = dict(parse_qsl(call.body.decode("latin-1")))
        if form.get("grant_type") != "urn:ietf:params:oauth:grant-type:jwt-bearer":
            return _json(400, {"error": "unsupported_grant_type"})
        fault = self._fault(form.get("assertion", ""))
        if fault:
            return _json(400, {"error": "invalid_grant", "error_description": fault})
        token = secrets.token_urlsafe(24)
        while len(self._tokens) >= TOKENS_KEPT:
            self._tokens.pop(next(iter(self._tokens)))
        self._tokens[token] = self._clock() + TOKEN_SECONDS
        return _json(200, {"access_token": token, "expires_in": TOKEN_SECONDS, "token_type": "Bearer"})

    def lets_in(self, call: Call) -> bool:
        """Whether a call bears a token that is still good."""
        token = call.headers.get("authorization", "").removeprefix("Bearer ")
        return self._tokens.get(token, 0) > self._clock()

    def forget(self) -> None:
        """Take back every token, as when a key is changed."""
        self._tokens.clear()

    def _fault(self, assertion: str) -> str:
        """What is wrong with a service account's assertion, or nothing.

        Whoever entered the key of an earlier run may go on with it, since nothing is left to check it with.
        """
        now = self._clock()
        try:
            head, claims, signature = assertion.split(".")
            if json.loads(_decoded(head)).get("kid") == _key_id():
                signed = f"{head}.{claims}".encode()
                _key().public_key().verify(_decoded(signature), signed, padding.PKCS1v15(), SHA256())
            said = json.loads(_decoded(claims))
        except (ValueError, AttributeError, InvalidSignature):
            return "Invalid JWT Signature."
        if said.get("iss") != ACCOUNT or said.get("scope") != self._scope or said.get("aud") != self.address:
            return "Invalid issuer, scope or audience."
        if not said.get("iat", 0) - 60 <= now < said.get("exp", 0) <= said.get("iat", 0) + 3600:
            return "Invalid JWT: Token must be a short-lived token (60 minutes)."
        return ""


@functools.cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _private_pem() -> str:
    return _key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _key_id() -> str:
    """Names the key of this run, which is made anew with each."""
    return hashlib.sha256(_key().public_key().public_numbers().n.to_bytes(256, "big")).hexdigest()[:40]


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _json(status: int, value: object) -> Answer:
    return Answer(status, json.dumps(value).encode())
