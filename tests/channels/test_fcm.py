"""Mobile push through Firebase Cloud Messaging (MS-10)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from botflow.channels.contract import (
    Accepted,
    FailureKind,
    InvalidPayloadError,
    Refused,
    Report,
    RetryLater,
    SignatureError,
    WebhookRequest,
)
from botflow.channels.http import VendorHttp
from botflow.channels.mobile_push.adapter import Fcm
from botflow.vendor_sim.contract import Answer
from botflow.vendor_sim.fcm import Fcm as Firebase
from tests.channels.vendors import Vendor, vendor_at

NOW = 1_800_000_000.0
ANN = "dQw4:APA91bH-ann_s-phone"
NOTE = {"type": "notification", "header": "Ready ¡ya!", "body": "Your pizza waits."}


@pytest.fixture
def firebase() -> Iterator[Vendor]:
    clock = lambda: NOW  # noqa: E731  # both sides have the same
    with vendor_at(Firebase(clock=clock), Fcm(VendorHttp(["127.0.0.1"]), clock)) as vendor:
        yield vendor


def asked(firebase: Vendor) -> list[Any]:
    return [json.loads(one.body) for one in firebase.server.asked if one.path.endswith("messages:send")]


def test_an_app_gets_the_notification(firebase: Vendor) -> None:
    assert firebase.send(NOTE, ANN, "m-1", ttl=90) == Accepted(("m-1",))
    (body,) = asked(firebase)
    beacon = body["message"]["data"].pop("beacon")
    assert body == {
        "message": {
            "token": ANN,
            "notification": {"title": "Ready ¡ya!", "body": "Your pizza waits."},
            "data": {"id": "m-1"},
            "android": {"notification": {"tag": "m-1"}, "ttl": "90s"},
            "apns": {"headers": {"apns-collapse-id": "m-1", "apns-expiration": str(int(NOW) + 90)}},
        }
    }
    assert beacon.startswith("https://bots.example/webhooks/fcm/key?beacon=")
    assert firebase.taken[0].text == "Ready ¡ya!\nYour pizza waits."


def test_one_token_serves_many_messages(firebase: Vendor) -> None:
    for number in range(3):
        assert isinstance(firebase.send(NOTE, ANN, f"m-{number}"), Accepted)
    assert [one.path for one in firebase.server.asked].count("/token") == 1


def test_a_token_that_is_not_taken_any_more_is_replaced(firebase: Vendor) -> None:
    firebase.send(NOTE, ANN)
    firebase.vendor.tokens.forget()
    assert isinstance(firebase.send(NOTE, ANN, "m-2"), Accepted)


def error(status: int, name: str, code: str = "", **headers: str) -> Answer:
    details = [{"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": code}] if code else []
    body = {"error": {"code": status, "message": "because", "status": name, "details": [7, {}, *details]}}
    return Answer(status, json.dumps(body).encode(), headers)


ANSWERS: list[tuple[Answer, FailureKind]] = [
    (error(404, "NOT_FOUND", "UNREGISTERED"), "opted_out"),
    (error(404, "NOT_FOUND"), "credentials"),
    (error(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT"), "permanent"),
    (error(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH"), "not_capable"),
    (error(403, "PERMISSION_DENIED"), "credentials"),
    (error(401, "UNAUTHENTICATED", "THIRD_PARTY_AUTH_ERROR"), "credentials"),
    (error(418, "TEAPOT"), "permanent"),
    (Answer(404, b"<html>"), "credentials"),
    (Answer(200, b"<html>"), "credentials"),
    (Answer(302, b""), "credentials"),
]


@pytest.mark.parametrize(("answer", "kind"), ANSWERS)
def test_each_answer_becomes_one_kind_of_failure(firebase: Vendor, answer: Answer, kind: FailureKind) -> None:
    token = Answer(200, b'{"access_token": "x", "expires_in": 3600}')
    firebase.answers += [token, answer, token, answer]
    result = firebase.send(NOTE, ANN)
    assert isinstance(result, Refused)
    assert result.kind == kind


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", **{"Retry-After": "60"}), 60),
        (error(503, "UNAVAILABLE", "UNAVAILABLE", **{"Retry-After": "7"}), 7),
        (error(500, "INTERNAL", "INTERNAL"), None),
        (Answer(502, b"<html>"), None),
    ],
)
def test_a_busy_firebase_is_asked_again_when_it_says(firebase: Vendor, answer: Answer, seconds: float | None) -> None:
    firebase.answers += [Answer(200, b'{"access_token": "x", "expires_in": 3600}'), answer]
    result = firebase.send(NOTE, ANN)
    assert isinstance(result, RetryLater)
    assert result.seconds == seconds


def test_a_key_that_google_refuses_is_a_matter_of_the_credentials(firebase: Vendor) -> None:
    firebase.answers.append(Answer(400, b'{"error": "invalid_grant", "error_description": "Invalid JWT"}'))
    assert firebase.send(NOTE, ANN) == Refused("Google does not let the service account in: Invalid JWT", "credentials")


@pytest.mark.parametrize(("address", "kind"), [("gone-1", "opted_out"), ("other-1", "not_capable")])
def test_contacts_that_cannot_get_it(firebase: Vendor, address: str, kind: FailureKind) -> None:
    result = firebase.send(NOTE, address)
    assert isinstance(result, Refused)
    assert result.kind == kind


@pytest.mark.parametrize("address", ["", "a b", "tök", "x" * 5000, "a\r\nb"])
def test_what_is_no_token_is_refused_before_anything_leaves(firebase: Vendor, address: str) -> None:
    result = firebase.send(NOTE, address)
    assert isinstance(result, Refused)
    assert result.kind == "not_capable"
    assert firebase.server.asked == []


def test_content_without_a_header_is_refused(firebase: Vendor) -> None:
    result = firebase.send({"type": "notification", "body": "x"}, ANN)
    assert result == Refused("header: Add `header`: it is required.")


def test_a_host_inside_a_network_is_not_called(firebase: Vendor) -> None:
    adapter = Fcm(VendorHttp())
    firebase.adapter = adapter
    result = firebase.send(NOTE, ANN)
    assert isinstance(result, Refused)
    assert result.kind == "credentials"
    assert firebase.server.asked == []


def test_the_connection_is_tested_without_sending(firebase: Vendor) -> None:
    checked = firebase.adapter.check(firebase.account)
    assert (checked.works, "botflow-simulated" in checked.message) == (True, True)
    assert firebase.taken == []
    wrong = firebase.adapter.check(replace(firebase.account, identity="a/b another"))
    assert (wrong.works, "may not send for this project" in wrong.message) == (False, True)
    own = firebase.adapter.check(replace(firebase.account, identity=""))
    assert own.works


# ---- beacons -----------------------------------------------------------------------------------------------------


def test_the_app_tells_when_it_arrived_and_was_opened(firebase: Vendor) -> None:
    firebase.send(NOTE, ANN, "m-1")
    (taken,) = firebase.taken
    for state in ("delivered", "seen"):
        hook = firebase.vendor.report(taken, state)
        assert list(firebase.post(hook).events) == [Report("m-1", state, round(NOW * 1000))]
    assert firebase.vendor.report(taken, "failed") is None


def test_a_beacon_is_believed_for_its_message_only(firebase: Vendor) -> None:
    firebase.send(NOTE, ANN, "m-1")
    url = firebase.vendor.report(firebase.taken[0], "seen").url
    token = dict(parse_qsl(urlsplit(url).query))["beacon"]
    forgeries = [{}, {"beacon": token[:-1]}, {"beacon": f"x{token}"}, {"state": "seen"}]
    for forged in forgeries:
        with pytest.raises(SignatureError):
            firebase.adapter.receive(firebase.account, WebhookRequest("POST", url, forged))
    with pytest.raises(SignatureError):
        firebase.adapter.receive(replace(firebase.account, sender="x"), WebhookRequest("POST", url, {"beacon": token}))
    with pytest.raises(InvalidPayloadError):
        firebase.adapter.receive(firebase.account, WebhookRequest("POST", url, {"beacon": token, "state": "failed"}))
