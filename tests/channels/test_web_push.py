"""Web push (MS-8): what leaves can be read by the browser alone, and by other people's libraries."""

from __future__ import annotations

import base64
import json
import os
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import http_ece
import jwt
import pytest
import pywebpush
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from botflow.channels.addresses import Hosts
from botflow.channels.contract import (
    Accepted,
    Account,
    FailureKind,
    InvalidPayloadError,
    Outbound,
    Refused,
    Report,
    RetryLater,
    SignatureError,
    WebhookRequest,
)
from botflow.channels.http import VendorHttp
from botflow.channels.web_push.adapter import WebPush
from botflow.channels.web_push.credentials import WebPushCredentials
from botflow.channels.web_push.sending import encrypted, signed
from botflow.channels.web_push.subscription import InvalidSubscriptionError, PushSubscription, encoded, subscription
from botflow.vendor_sim.contract import Answer, Hook
from botflow.vendor_sim.server import Simulator
from botflow.vendor_sim.web_push import Browser
from botflow.vendor_sim.web_push import WebPush as PushService
from tests.channels.vendors import Vendor, vendor_at

NOW = 1_800_000_000.0
NOTE: dict[str, Any] = {
    "type": "notification",
    "header": "Ready ¡ya!",
    "body": "Your pizza waits.",
    "media": {"url": "https://example.com/pizza.jpg"},
    "url": "https://example.com/order?a=1&b=2",
}


@pytest.fixture
def service() -> Iterator[Vendor]:
    clock = lambda: NOW  # noqa: E731  # both sides have the same
    with vendor_at(PushService(clock=clock), WebPush(VendorHttp(["127.0.0.1"]), clock)) as vendor:
        yield vendor


def a_browser() -> Browser:
    return Browser("ann", ec.generate_private_key(ec.SECP256R1()), os.urandom(16))


def test_a_browser_shows_the_notification(service: Vendor) -> None:
    assert service.send(NOTE, service.vendor.subscribe("ann"), "m-1") == Accepted(("m-1",))
    (taken,) = service.taken
    beacon = taken.content.pop("beacon")
    assert taken.content == {
        "id": "m-1",
        "title": "Ready ¡ya!",
        "body": "Your pizza waits.",
        "image": "https://example.com/pizza.jpg",
        "url": "https://example.com/order?a=1&b=2",
    }
    assert beacon.startswith("https://bots.example/webhooks/web_push/key?beacon=")
    (asked,) = service.server.asked
    assert b"pizza" not in asked.body
    assert asked.headers["urgency"] == "normal"
    assert asked.headers["ttl"] == str(28 * 24 * 3600)


def test_the_token_is_a_jwt_as_rfc_8292_has_it(service: Vendor) -> None:
    service.send(NOTE, service.vendor.subscribe("ann"))
    (asked,) = service.server.asked
    scheme, _, rest = asked.headers["authorization"].partition(" ")
    fields = dict(part.split("=", 1) for part in rest.split(","))
    assert scheme == "vapid"
    point = base64.urlsafe_b64decode(f"{fields['k']}=")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    origin = service.server.url
    claims = jwt.decode(fields["t"], key, ["ES256"], audience=origin, options={"verify_exp": False})
    assert claims["sub"] == "mailto:admin@example.com"
    assert NOW < claims["exp"] <= NOW + 24 * 3600
    assert fields["k"] == service.account.identity


@given(st.binary(min_size=1, max_size=3993))
def test_what_we_encrypt_a_reference_decrypts(content: bytes) -> None:
    browser = a_browser()
    made = encrypted(content, PushSubscription("https://push.example.com/1", browser.point, browser.auth))
    opened = http_ece.decrypt(made, private_key=browser.key, auth_secret=browser.auth, version="aes128gcm")
    assert opened == content == browser.decrypted(made)
    assert len(made) <= 4096


def test_what_a_reference_encrypts_our_browser_decrypts(service: Vendor) -> None:
    """The stand-in for the push service is right: pywebpush gets a message through it."""
    address = json.loads(service.vendor.subscribe("ann"))
    private = service.account.credentials.private_key.get_secret_value()
    answer = pywebpush.webpush(
        {"endpoint": address["endpoint"], "keys": {"p256dh": address["p256dh"], "auth": address["auth"]}},
        json.dumps({"id": "theirs", "title": "Hello"}),
        vapid_private_key=private,
        vapid_claims={"sub": "mailto:admin@example.com", "exp": int(NOW) + 3600},
        ttl=60,
    )
    assert not isinstance(answer, str)
    answer.close()
    assert answer.status_code == 201
    assert [taken.text for taken in service.taken] == ["Hello"]


def test_the_same_message_replaces_itself_where_it_waits(service: Vendor) -> None:
    ann = service.vendor.subscribe("ann")
    for key in ("m-1", "m-1", "m-2:é"):
        service.send(NOTE, ann, key)
    first, again, other = (asked.headers["topic"] for asked in service.server.asked)
    assert first == again != other
    assert len(other) <= 32


def test_a_message_that_is_worth_nothing_later_says_so(service: Vendor) -> None:
    service.send(NOTE, service.vendor.subscribe("ann"), ttl=90)
    assert service.server.asked[0].headers["ttl"] == "90"


def test_what_is_too_large_is_refused_with_the_sizes(service: Vendor) -> None:
    long = {"type": "notification", "body": "x" * 1500, "url": f"https://example.com/{'y' * 2000}"}
    big = {**long, "media": {"url": f"https://example.com/{'z' * 900}"}}
    result = service.send(big, service.vendor.subscribe("ann"))
    assert isinstance(result, Refused)
    assert result.reason.startswith("A push message has at most 3,993 bytes with its addresses; this one has ")
    assert isinstance(service.send(long, service.vendor.subscribe("ann")), Accepted)
    empty = service.send({"type": "notification"}, service.vendor.subscribe("ann"))
    assert isinstance(empty, Refused)
    assert "Give at least one of" in empty.reason


ANSWERS: list[tuple[int, FailureKind]] = [
    (400, "permanent"),
    (401, "credentials"),
    (403, "credentials"),
    (404, "opted_out"),
    (410, "opted_out"),
    (413, "permanent"),
    (301, "permanent"),
]


@pytest.mark.parametrize(("status", "kind"), ANSWERS)
def test_each_answer_becomes_one_kind_of_failure(service: Vendor, status: int, kind: FailureKind) -> None:
    service.answers.append(Answer(status, b"because\nof\x00this"))
    result = service.send(NOTE, service.vendor.subscribe("ann"))
    assert isinstance(result, Refused)
    assert result.kind == kind
    assert result.reason.endswith("because of this")


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (Answer(429, b"", {"Retry-After": "120"}), 120),
        (Answer(503, b"", {"Retry-After": "5"}), 5),
        (Answer(500, b""), None),
    ],
)
def test_a_busy_service_is_asked_again_when_it_says(service: Vendor, answer: Answer, seconds: float | None) -> None:
    service.answers.append(answer)
    result = service.send(NOTE, service.vendor.subscribe("ann"))
    assert isinstance(result, RetryLater)
    assert result.seconds == seconds


def test_a_subscription_that_is_gone_opts_out(service: Vendor) -> None:
    for address in (service.vendor.subscribe("gone"), service.vendor.subscribe("x").replace("/push/x", "/push/y")):
        result = service.send(NOTE, address)
        assert isinstance(result, Refused)
        assert (result.kind, "The subscription is gone" in result.reason) == ("opted_out", True)


# ---- subscriptions -----------------------------------------------------------------------------------------------

POINT = encoded(a_browser().point)
AUTH = encoded(bytes(16))
PUSHED = "https://push.example.com/send/abc"


def test_the_same_subscription_is_the_same_text() -> None:
    """However a page wrote it: as toJSON() gives it, padded, in another order."""
    forms = [
        {"endpoint": PUSHED, "expirationTime": None, "keys": {"p256dh": POINT, "auth": AUTH}},
        {"p256dh": f"{POINT}=", "auth": f"{AUTH}==", "endpoint": PUSHED},
        {"auth": AUTH, "endpoint": PUSHED, "p256dh": POINT},
    ]
    texts = {subscription(json.dumps(form), Hosts()).address for form in forms}
    assert texts == {f'{{"auth":"{AUTH}","endpoint":"{PUSHED}","p256dh":"{POINT}"}}'}
    (text,) = texts
    assert subscription(text, Hosts()).address == text


@pytest.mark.parametrize(
    "changed",
    [
        {"endpoint": "http://push.example.com/1"},
        {"endpoint": "ftp://push.example.com/1"},
        {"endpoint": "https://"},
        {"endpoint": "https://["},
        {"endpoint": "https://[2606:4700::1111]/"},
        {"endpoint": "https://user:pass@push.example.com/"},
        {"endpoint": "https://push.example.com/\r\nX: y"},
        {"endpoint": "https://push.example.com:99999/"},
        {"endpoint": f"https://push.example.com/{'x' * 3000}"},
        {"endpoint": None},
        {"endpoint": "https://é.example/"},
        {"p256dh": ""},
        {"p256dh": encoded(b"\x04" + bytes(64))},
        {"p256dh": "%%%"},
        {"p256dh": 7},
        {"auth": encoded(bytes(15))},
        {"auth": None},
        {"keys": []},
    ],
)
def test_what_is_no_subscription_is_refused_with_a_sentence(changed: Any) -> None:
    text = json.dumps({"endpoint": PUSHED, "p256dh": POINT, "auth": AUTH, **changed})
    with pytest.raises(InvalidSubscriptionError, match=r"subscription"):
        subscription(text, Hosts())


@given(st.text(max_size=60) | st.just("[" * 100_000) | st.just("null") | st.just("{}"))
def test_any_other_text_is_none(text: str) -> None:
    with pytest.raises(InvalidSubscriptionError):
        subscription(text, Hosts())


@given(st.text(alphabet="ab.:@/?#[]%\\\\-1é ", max_size=20))
def test_every_endpoint_that_is_taken_can_be_signed_for(rest: str) -> None:
    try:
        to = subscription(json.dumps({"endpoint": f"https://{rest}", "p256dh": POINT, "auth": AUTH}), Hosts())
    except InvalidSubscriptionError:
        return
    credentials = WebPushCredentials(private_key=SecretStr(AUTH[:1] * 42 + "E"), subject="mailto:a@example.com")
    assert signed(credentials, to.origin, NOW)["Authorization"].startswith("vapid t=")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "169.254.169.254", "10.0.0.1"])
def test_no_subscription_leads_into_a_network(service: Vendor, host: str) -> None:
    """Whoever subscribes names the endpoint."""
    inside = json.dumps({"endpoint": f"https://{host}/latest", "p256dh": POINT, "auth": AUTH})
    result = WebPush(VendorHttp()).send(service.account, Outbound("m-1", "sender-1", inside, NOTE))
    assert isinstance(result, Refused)
    assert result.kind == "not_capable"
    assert service.server.asked == []


def test_who_cannot_be_pushed_to_is_known_before(service: Vendor) -> None:
    ann = service.vendor.subscribe("ann")
    assert service.adapter.capable(service.account, [ann, "ann@example.com"]) == {"ann@example.com": False}


# ---- beacons -----------------------------------------------------------------------------------------------------


def beacon(service: Vendor) -> Hook:
    service.send(NOTE, service.vendor.subscribe("ann"), "m-1")
    hook = service.vendor.report(service.taken[-1], "seen")
    assert isinstance(hook, Hook)
    return hook


def test_a_click_is_told_by_the_service_worker(service: Vendor) -> None:
    answer = service.post(beacon(service))
    assert list(answer.events) == [Report("m-1", "seen", round(NOW * 1000))]
    assert answer.status == 204
    assert service.vendor.report(service.taken[-1], "delivered") is None


def test_a_beacon_is_for_one_message_of_one_sender(service: Vendor) -> None:
    url = beacon(service).url
    token = dict(parse_qsl(urlsplit(url).query))["beacon"]
    named, _, signature = token.partition(".")
    other = base64.urlsafe_b64encode(b"m-2").decode()
    for forged in ("", ".", named, f"{other}.{signature}", f"{token}x", "\ud800.\u00e9"):
        with pytest.raises(SignatureError):
            service.adapter.receive(service.account, WebhookRequest("POST", url, {"beacon": forged}))
    for query, method in (({"beacon": token, "state": "delivered"}, "POST"), ({"beacon": token}, "GET")):
        with pytest.raises(InvalidPayloadError):
            service.adapter.receive(service.account, WebhookRequest(method, url, query))


# ---- credentials -------------------------------------------------------------------------------------------------


def pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def test_the_key_is_taken_raw_or_in_pem() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    raw = encoded(key.private_numbers().private_value.to_bytes(32, "big"))
    made = [WebPushCredentials(private_key=SecretStr(text), subject="mailto:a@example.com") for text in (raw, pem(key))]
    assert made[0].public_key == made[1].public_key
    assert raw not in repr(made)


@pytest.mark.parametrize(
    "subject", ["mailto:ann+push@mail.example.com", "https://example.com", "https://example.com/contact?x=1"]
)
def test_every_subject_that_is_taken_can_be_signed(service: Vendor, subject: str) -> None:
    credentials = service.account.credentials.model_copy(update={"subject": subject})
    service.account = replace(service.account, credentials=WebPushCredentials(**credentials.model_dump()))
    assert isinstance(service.send(NOTE, service.vendor.subscribe("ann")), Accepted)


@pytest.mark.parametrize(
    "fields",
    [
        {"private_key": "secret"},
        {"private_key": encoded(bytes(32))},
        {"private_key": encoded(b"\xff" * 32)},
        {"private_key": pem(ec.generate_private_key(ec.SECP384R1()))},
        {"private_key": "-----BEGIN secret"},
        {"subject": "admin@example.com"},
        {"subject": "mailto:admin"},
        {"subject": "mailto:a@example.com\r\nX: y"},
        {"subject": "https://"},
        {"urgency": "yesterday"},
    ],
)
def test_wrong_credentials_are_refused_without_being_shown(fields: dict[str, Any]) -> None:
    known = {"private_key": encoded(bytes(31) + b"\x01"), "subject": "mailto:a@example.com"}
    with pytest.raises(ValidationError) as refused:
        WebPushCredentials(**{**known, **fields})
    assert "secret" not in str(refused.value).replace("SecretStr", "")


def test_the_connection_is_tested_by_comparing_the_keys(service: Vendor) -> None:
    assert service.adapter.check(service.account).works
    checked = service.adapter.check(replace(service.account, identity="another"))
    assert not checked.works
    assert service.vendor.identity in checked.message


def test_the_simulator_pushes_over_its_own_socket() -> None:
    """Subscribed as a person would, with a fault on the way."""
    with Simulator([PushService()]) as simulator:
        credentials = WebPushCredentials(**simulator.credentials("web_push"))
        with urllib.request.urlopen(f"{simulator.url('web_push')}/subscribe/ann") as answer:
            ann = answer.read().decode()
        adapter = WebPush(VendorHttp([f"127.0.0.1:{simulator.port}"]))
        account = Account("sender-1", simulator["web_push"].vendor.identity, credentials)
        batch = [Outbound(f"m-{number}", "sender-1", ann, NOTE) for number in range(6)]
        simulator["web_push"].scripted.append(simulator["web_push"].vendor.throttled())
        results = adapter.send_batch(account, batch)
        assert sum(isinstance(result, Accepted) for result in results) == 5
        assert [result.seconds for result in results if isinstance(result, RetryLater)] == [1]


@pytest.mark.parametrize("fault", ["hang", "lost_answers"])
def test_a_service_that_does_not_answer_is_asked_again_later(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    with Simulator([PushService()]) as simulator:
        http = VendorHttp([f"127.0.0.1:{simulator.port}"])
        monkeypatch.setattr(http, "request", partial(http.request, timeout=0.3))
        stand = simulator["web_push"]
        account = Account("sender-1", stand.vendor.identity, WebPushCredentials(**simulator.credentials("web_push")))
        assert isinstance(stand.vendor, PushService)
        ann = stand.vendor.subscribe("ann")
        stand.behave({fault: 1})
        assert isinstance(WebPush(http).send(account, Outbound("m-1", "sender-1", ann, NOTE)), RetryLater)
    assert isinstance(WebPush(http).send(account, Outbound("m-1", "sender-1", ann, NOTE)), RetryLater)


@pytest.mark.parametrize("status", [200, 301, 400, 418, 502])
@pytest.mark.parametrize("body", [b"", b"[" * 100_000, b"\xff\xfe\x00", b"<html>" * 1000])
def test_an_answer_that_makes_no_sense_is_a_result(service: Vendor, status: int, body: bytes) -> None:
    service.answers.append(Answer(status, body))
    result = service.send(NOTE, service.vendor.subscribe("ann"))
    assert isinstance(result, Accepted) is (status == 200)
    assert len(repr(result)) < 500


def test_a_service_that_repeats_the_key_is_not_quoted(service: Vendor) -> None:
    private = service.account.credentials.private_key.get_secret_value()
    service.answers.append(Answer(400, f"key {private}".encode()))
    assert private not in repr(service.send(NOTE, service.vendor.subscribe("ann")))
