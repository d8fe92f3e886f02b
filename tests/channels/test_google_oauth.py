"""Google's tokens for a service account: asked for once, renewed in time, and from Google only."""

import json
from collections.abc import Iterator
from urllib.parse import parse_qs

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jwt.types import Options
from pydantic import SecretStr, ValidationError

from botflow.channels.contract import Credentials
from botflow.channels.google_oauth import GoogleTokens, ServiceAccountKey, TokenRefusedError, project_of
from botflow.channels.http import VendorAddressError, VendorHttp, VendorUnreachableError
from tests.channels.web_server import Answered, Asked, WebServer, web_server

SCOPE = "https://www.googleapis.com/auth/firebase.messaging"
KEY = rsa.generate_private_key(65537, 2048)


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def key_file(**fields: object) -> SecretStr:
    known = {
        "type": "service_account",
        "project_id": "pizzeria",
        "private_key_id": "key-1",
        "private_key": pem(KEY),
        "client_email": "bot@pizzeria.iam.gserviceaccount.com",
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    return SecretStr(json.dumps({**known, **fields}))


class Google:
    """The token's address of Google, and a clock."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0
        self.answer: Answered | None = None
        self.given = 0

    def __call__(self, asked: Asked) -> Answered:
        self.given += 1
        token = {"access_token": f"token-{self.given}", "expires_in": 3599, "token_type": "Bearer"}
        return self.answer or Answered(body=json.dumps(token).encode())


@pytest.fixture
def google() -> Google:
    return Google()


@pytest.fixture
def server(google: Google) -> Iterator[WebServer]:
    with web_server(google) as server:
        yield server


@pytest.fixture
def tokens(google: Google) -> GoogleTokens:
    return GoogleTokens(VendorHttp(["127.0.0.1"]), clock=lambda: google.now)


def test_the_assertion_is_signed_as_google_wants_it(tokens: GoogleTokens, server: WebServer, google: Google) -> None:
    assert tokens.token(key_file(token_uri=server.url), SCOPE) == "token-1"
    (asked,) = server.asked
    form = parse_qs(asked.body.decode())
    assert form["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
    (assertion,) = form["assertion"]
    assert jwt.get_unverified_header(assertion) == {"alg": "RS256", "typ": "JWT", "kid": "key-1"}
    unclocked: Options = {"verify_exp": False, "verify_iat": False}
    claims = jwt.decode(assertion, KEY.public_key(), ["RS256"], audience=server.url, options=unclocked)
    assert claims["iss"] == "bot@pizzeria.iam.gserviceaccount.com"
    assert claims["scope"] == SCOPE
    assert (claims["iat"], claims["exp"]) == (google.now, google.now + 3600)


def test_a_token_is_kept_until_shortly_before_its_end(tokens: GoogleTokens, server: WebServer, google: Google) -> None:
    key = key_file(token_uri=server.url)
    seen = []
    for now in (0, 3400, 3480, 3500):
        google.now = 1_800_000_000.0 + now
        seen.append(tokens.token(key, SCOPE))
    assert seen == ["token-1", "token-1", "token-2", "token-2"]


def test_each_scope_and_each_key_has_its_token(tokens: GoogleTokens, server: WebServer) -> None:
    key, other = key_file(token_uri=server.url), key_file(token_uri=server.url, private_key_id="key-2")
    seen = [tokens.token(key, SCOPE), tokens.token(key, "rcs"), tokens.token(other, SCOPE), tokens.token(key, SCOPE)]
    assert seen == ["token-1", "token-2", "token-3", "token-1"]


def test_a_token_that_google_did_not_take_is_forgotten(tokens: GoogleTokens, server: WebServer) -> None:
    key = key_file(token_uri=server.url)
    tokens.token(key, SCOPE)
    tokens.forget(key, SCOPE)
    assert tokens.token(key, SCOPE) == "token-2"


@pytest.mark.parametrize(
    ("answer", "raised", "sentence"),
    [
        (
            Answered(400, b'{"error": "invalid_grant", "error_description": "Invalid JWT Signature."}'),
            TokenRefusedError,
            "Invalid JWT Signature",
        ),
        (Answered(401, b"<html>"), TokenRefusedError, "it answered 401"),
        (Answered(503, b""), VendorUnreachableError, "503"),
        (Answered(429, b""), VendorUnreachableError, "429"),
        (Answered(200, b"[]"), VendorUnreachableError, "holds no token"),
        (Answered(200, b'{"access_token": 1, "expires_in": "x"}'), VendorUnreachableError, "holds no token"),
        (Answered(200, b'{"access_token": "a\\nb", "expires_in": 1}'), VendorUnreachableError, "holds no token"),
    ],
)
def test_what_google_answers_becomes_one_of_two_errors(
    tokens: GoogleTokens, server: WebServer, google: Google, answer: Answered, raised: type[Exception], sentence: str
) -> None:
    google.answer = answer
    with pytest.raises(raised, match=sentence):
        tokens.token(key_file(token_uri=server.url), SCOPE)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example.com/token",
        "http://oauth2.googleapis.com/token",
        "https://evilgoogleapis.com/token",
        "https://oauth2.googleapis.com.evil.example.com/",
        "https://oauth2.googleapis.com@evil.example.com/",
        "https://[",
        "https://evil.example.com:99999/",
        "token",
    ],
)
def test_an_address_that_is_not_googles_gets_nothing(address: str) -> None:
    with pytest.raises(VendorAddressError, match="not Google's"):
        GoogleTokens(VendorHttp()).token(key_file(token_uri=address), SCOPE)


class Sender(Credentials):
    service_account: ServiceAccountKey


def test_a_key_file_is_taken_whole() -> None:
    account = Sender(service_account=key_file()).service_account
    assert project_of(account) == "pizzeria"
    assert "PRIVATE" not in repr(account)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("secret words", "the key is no JSON"),
        ("[" * 100_000, "the key is no JSON"),
        ('["secret"]', "the key is no JSON object"),
        ("{}", "has no client_email"),
        (key_file(client_email="ä@example.com").get_secret_value(), "has no client_email"),
        (key_file(private_key="secret").get_secret_value(), "is no RSA key in PEM"),
        (key_file(private_key=pem(KEY)[:200]).get_secret_value(), "is no RSA key in PEM"),
        (key_file(private_key=pem(ec.generate_private_key(ec.SECP256R1()))).get_secret_value(), "is no RSA key in PEM"),
    ],
)
def test_another_text_is_refused_with_a_sentence_and_without_itself(text: str, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence) as refused:
        Sender(service_account=SecretStr(text))
    assert text[:60] not in str(refused.value)
    assert "secret" not in str(refused.value).replace("SecretStr", "")
