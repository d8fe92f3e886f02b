"""Text to speech through a voice gateway (MS-9): signed in both directions."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from botflow.channels.contract import (
    Accepted,
    FailureKind,
    InvalidPayloadError,
    Refused,
    Report,
    RetryLater,
    SignatureError,
)
from botflow.channels.http import VendorHttp
from botflow.channels.tts.adapter import HttpVoice, VoiceCredentials
from botflow.vendor_sim.contract import Answer, Hook
from botflow.vendor_sim.voice import HttpVoice as Gateway
from tests.channels.vendors import Vendor, vendor_at

NOW = 1_800_000_000
SECRET = "simulated signing secret"
ANN = "+34911234567"
TEXT = {"type": "text", "text": "Su código es 1, 2, 3.", "language": "es", "repeat": 2}


class Clock:
    def __init__(self) -> None:
        self.now = float(NOW)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gateway(clock: Clock) -> Iterator[Vendor]:
    with vendor_at(Gateway(clock=clock), HttpVoice(VendorHttp(["127.0.0.1"]), clock)) as vendor:
        yield vendor


def test_a_call_is_asked_for(gateway: Vendor) -> None:
    assert gateway.send(TEXT, ANN, "m-1") == Accepted(("call-1",))
    (asked,) = gateway.server.asked
    assert json.loads(asked.body) == {
        "to": ANN,
        "language": "es",
        "text": "Su código es 1, 2, 3.",
        "repeat": 2,
        "callback": "https://bots.example/webhooks/http_voice/key",
    }
    assert asked.headers["authorization"] == "Bearer simulated-token"
    made = hmac.new(SECRET.encode(), f"{NOW}.".encode() + asked.body, hashlib.sha256).hexdigest()
    assert asked.headers["x-voice-signature"] == f"t={NOW},v1={made}"


def test_the_same_message_is_one_call_where_the_gateway_knows_keys(gateway: Vendor) -> None:
    assert gateway.send(TEXT, ANN, "m-1:é") == gateway.send(TEXT, ANN, "m-1:é")
    assert len(gateway.taken) == 1


@pytest.mark.parametrize(("status", "state", "reason"), [
    ("answered", "delivered", ""),
    ("completed", "seen", ""),
    ("busy", "failed", "the line was busy"),
    ("no_answer", "failed", "nobody answered"),
    ("failed", "failed", "the call failed"),
])  # fmt: skip
def test_each_status_becomes_a_state(gateway: Vendor, status: str, state: Any, reason: str) -> None:
    answer = gateway.post(gateway.vendor.callback("call-1", status, gateway.account.webhook_url))
    assert list(answer.events) == [Report("call-1", state, NOW * 1000, reason=reason)]


def test_a_call_that_goes_on_is_no_news(gateway: Vendor) -> None:
    assert gateway.post(gateway.vendor.callback("call-1", "ringing", "")).events == ()


def signed(body: bytes, moment: int | str = NOW, secret: str = SECRET) -> Hook:
    made = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return Hook("", {"X-Voice-Signature": f"t={moment},v1={made}"}, body)


BODY = b'{"id": "call-1", "status": "completed"}'


def test_a_callback_of_whoever_knows_the_secret_is_taken(gateway: Vendor) -> None:
    assert list(gateway.post(signed(BODY)).events) == [Report("call-1", "seen")]


@pytest.mark.parametrize("hook", [
    Hook("", {}, BODY),
    Hook("", {"X-Voice-Signature": ""}, BODY),
    Hook("", {"X-Voice-Signature": f"t={NOW},v1=é"}, BODY),
    replace(signed(BODY), body=BODY + b" "),
    signed(BODY, secret="the secret of another sender"),
    signed(BODY, NOW - 301),
    signed(BODY, NOW + 301),
    signed(BODY, "99999999999999999999"),
    replace(signed(BODY), headers=signed(BODY + b" ").headers),
    replace(signed(BODY), headers={"X-Voice-Signature": signed(BODY, NOW - 1).headers["X-Voice-Signature"][:3]}),
])  # fmt: skip
def test_any_other_is_refused(gateway: Vendor, hook: Hook) -> None:
    with pytest.raises(SignatureError):
        gateway.post(hook)


def test_a_recorded_callback_is_worth_nothing_after_five_minutes(gateway: Vendor, clock: Clock) -> None:
    hook = signed(BODY)
    clock.now += 300
    gateway.post(hook)
    clock.now += 1
    with pytest.raises(SignatureError, match="another time"):
        gateway.post(hook)


@pytest.mark.parametrize("body", [
    b"", b"null", b"[]", b"{", b"\xff", b"[" * 100_000, b'{"id": "", "status": "busy"}', b'{"id": 7, "status": "busy"}',
    b'{"id": "c", "status": "dancing"}', b'{"id": "c", "status": "busy", "at": -1}',
    b'{"id": "c", "status": "busy", "at": "x"}', b'{"id": "\\u0000", "status": "busy"}',
])  # fmt: skip
def test_a_callback_that_cannot_be_read_is_refused_with_a_sentence(gateway: Vendor, body: bytes) -> None:
    with pytest.raises(InvalidPayloadError, match=r": .*\.$"):
        gateway.post(signed(body))


ANSWERS: list[tuple[Answer, FailureKind]] = [
    (Answer(400, b'{"error": "no"}'), "permanent"),
    (Answer(422, b'{"error": "invalid_number"}'), "not_capable"),
    (Answer(403, b'{"error": "opted_out"}'), "opted_out"),
    (Answer(401, b""), "credentials"),
    (Answer(403, b""), "credentials"),
    (Answer(404, b"<html>"), "credentials"),
    (Answer(200, b"<html>"), "credentials"),
    (Answer(201, b'{"id": ""}'), "credentials"),
    (Answer(302, b""), "permanent"),
]


@pytest.mark.parametrize(("answer", "kind"), ANSWERS)
def test_each_answer_becomes_one_kind_of_failure(gateway: Vendor, answer: Answer, kind: FailureKind) -> None:
    gateway.answers.append(answer)
    result = gateway.send(TEXT, ANN)
    assert isinstance(result, Refused)
    assert result.kind == kind


@pytest.mark.parametrize(
    ("answer", "seconds"), [(Answer(429, b"", {"Retry-After": "30"}), 30), (Answer(503, b"{}"), None)]
)
def test_a_busy_gateway_is_asked_again_when_it_says(gateway: Vendor, answer: Answer, seconds: float | None) -> None:
    gateway.answers.append(answer)
    result = gateway.send(TEXT, ANN)
    assert isinstance(result, RetryLater)
    assert result.seconds == seconds


@pytest.mark.parametrize("address", ["", "ann", "+", "12", "+1234567890123456", "+34 911", "٣٤٩١١٢٣", "+34911\n"])
def test_what_is_no_number_is_not_called(gateway: Vendor, address: str) -> None:
    result = gateway.send(TEXT, address)
    assert isinstance(result, Refused)
    assert result.kind == "not_capable"
    assert gateway.server.asked == []


def test_numbers_leave_with_their_plus(gateway: Vendor) -> None:
    gateway.send(TEXT, "34911234567")
    assert gateway.taken[0].to == ANN


def test_content_of_another_language_is_refused(gateway: Vendor) -> None:
    result = gateway.send({**TEXT, "language": "de"}, ANN)
    assert isinstance(result, Refused)
    assert result.reason.startswith("language: ")


def test_the_connection_is_tested_without_a_call(gateway: Vendor) -> None:
    assert gateway.adapter.check(gateway.account).works
    assert gateway.taken == []
    wrong = gateway.account.credentials.model_copy(
        update={"bearer_token": type(gateway.account.credentials.signing_secret)("x")}
    )
    assert not gateway.adapter.check(replace(gateway.account, credentials=wrong)).works
    assert not HttpVoice(VendorHttp()).check(gateway.account).works
    hidden = replace(gateway.account, webhook_url="/webhooks/http_voice/key")
    assert "BOTFLOW_PUBLIC_URL" in gateway.adapter.check(hidden).message


@pytest.mark.parametrize(
    "fields", [{"signing_secret": "tiny"}, {"bearer_token": "secret\r\nX: y"}, {"bearer_token": "sécret"}]
)
def test_wrong_credentials_are_refused_without_being_shown(fields: dict[str, Any]) -> None:
    known = {"base_url": "https://voice.example.com", "signing_secret": SECRET}
    with pytest.raises(ValidationError) as refused:
        VoiceCredentials(**{**known, **fields})
    for value in fields.values():
        assert value not in str(refused.value)
