"""RCS over Google's RCS Business Messaging (MS-2, MS-12), beyond its tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import ValidationError

from botflow.channels.contract import (
    Accepted,
    Account,
    Attachment,
    InvalidPayloadError,
    Outbound,
    Refused,
    Report,
    RetryLater,
    SignatureError,
    Subscription,
)
from botflow.channels.http import VendorHttp, VendorResponse
from botflow.channels.rcs.adapter import RcsBusiness
from botflow.channels.rcs.calls import RcsCredentials
from botflow.channels.rcs.sending import parts
from botflow.vendor_sim.contract import Answer, Behaviour, Hook
from botflow.vendor_sim.rcs import RcsBusiness as Google
from botflow.vendor_sim.server import Simulator
from tests.channels.vendors import Vendor, vendor_at
from tests.channels.web_server import Answered, web_server

ANN = "+34911234567"
NO_RCS = "+34911234404"
TOKEN = "SIMULATEDCLIENTTOKEN"
PICTURE = {"url": "https://example.com/pizza.jpg"}


@pytest.fixture
def google() -> Iterator[Vendor]:
    with vendor_at(Google(), RcsBusiness(VendorHttp(["127.0.0.1"])), "Europe/Madrid") as vendor:
        yield vendor


# ---- what leaves -------------------------------------------------------------------------------------------------


def test_a_message_sent_again_is_taken_once_and_named_alike(google: Vendor) -> None:
    content = {"type": "file", "media": PICTURE, "caption": "Our menu"}
    first = google.send(content, ANN)
    assert google.send(content, ANN) == first
    assert len(google.taken) == 2
    assert all(UUID(part).version == 5 for part in first.vendor_ids)
    assert google.send(content, ANN, message_id="m2") != first


def test_the_first_part_taken_before_a_failure_is_not_taken_again(google: Vendor) -> None:
    content = {"type": "file", "media": PICTURE, "caption": "Our menu"}
    google.send({"type": "text", "text": "so that there is a token"}, ANN, "m0")
    google.answers[:] = [Answer(200, b"{}"), Answer(503, b"")]
    google.taken.clear()
    assert isinstance(google.send(content, ANN), RetryLater)
    google.taken.pop()  # the vendor was down: it did not take the second
    google.vendor._taken.popitem()
    assert len(google.send(content, ANN).vendor_ids) == 2
    assert [taken.text for taken in google.taken] == ["", "Our menu"]


@pytest.mark.parametrize(("seconds", "said"), [(None, None), (90, "90s"), (0, "1s"), (10**9, "1296000s")])
def test_the_time_to_live_is_told_within_googles_limits(google: Vendor, seconds: int | None, said: str | None) -> None:
    google.send({"type": "text", "text": "Hello"}, ANN, ttl=seconds)
    assert google.taken[-1].content.get("ttl") == said


def test_every_moment_is_utc_also_a_day_without_a_time() -> None:
    event = {
        "id": "e",
        "type": "calendar_event",
        "text": "Save",
        "title": "Party",
        "start": "2027-01-31",
        "end": "2027-02-01T00:30+02:00",
    }
    (message,) = parts({"type": "text", "text": "Hello", "suggestions": [event]}, "America/New_York")
    saved = message["suggestions"][0]["action"]["createCalendarEventAction"]
    assert (saved["startTime"], saved["endTime"]) == ("2027-01-31T05:00:00Z", "2027-01-31T22:30:00Z")


# ---- what Google answers -----------------------------------------------------------------------------------------


def refusal(status: int, message: str = "Because.", **headers: str) -> Answer:
    return Answer(status, json.dumps({"error": {"code": status, "message": message}}).encode(), headers)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (refusal(403), Refused("The service account may not send for this agent: Because.", "credentials")),
        (refusal(429, **{"Retry-After": "7"}), RetryLater("Google answered 429: Because.", 7.0)),
        (
            Answer(404, b"<html>"),
            Refused("Google answered 404 without saying why. Is its address right?", "credentials"),
        ),
    ],
)
def test_a_refusal_is_told_in_googles_words(google: Vendor, answer: Answer, expected: object) -> None:
    google.adapter.check(google.account)  # so that there is a token
    google.answers[:] = [answer]
    assert google.send({"type": "text", "text": "Hello"}, ANN) == expected


def test_a_number_without_rcs_is_not_capable(google: Vendor) -> None:
    sent = google.send({"type": "text", "text": "Hello"}, NO_RCS)
    assert isinstance(sent, Refused)
    assert sent.kind == "not_capable"


def test_a_token_that_google_took_back_is_renewed_at_once(google: Vendor) -> None:
    google.send({"type": "text", "text": "Hello"}, ANN, "m0")
    google.vendor.tokens.forget()
    assert isinstance(google.send({"type": "text", "text": "Hello"}, ANN), Accepted)
    assert [asked.path for asked in google.server.asked].count("/token") == 2


def test_one_token_serves_many_messages(google: Vendor) -> None:
    for number in range(5):
        google.send({"type": "text", "text": "Hello"}, ANN, f"m{number}")
    assert [asked.path for asked in google.server.asked].count("/token") == 1


def test_another_key_waits_for_somebody_to_mend_it(google: Vendor) -> None:
    google.vendor.tokens.address = "https://elsewhere.example/token"
    sent = google.send({"type": "text", "text": "Hello"}, ANN)
    assert isinstance(sent, Refused)
    assert sent.kind == "credentials"
    assert not google.adapter.check(google.account).works


def test_the_assertion_is_what_another_implementation_reads(google: Vendor) -> None:
    google.adapter.check(google.account)
    form = parse_qs(google.server.asked[0].body.decode())
    key = json.loads(google.account.credentials.service_account.get_secret_value())
    private = load_pem_private_key(key["private_key"].encode(), None)
    assert isinstance(private, RSAPrivateKey)
    claims = jwt.decode(form["assertion"][0], private.public_key(), ["RS256"], audience=key["token_uri"])
    assert claims["scope"] == "https://www.googleapis.com/auth/rcsbusinessmessaging"
    assert claims["iss"] == key["client_email"]


def test_google_down_or_slow_is_later() -> None:
    with vendor_at(Google(), RcsBusiness(VendorHttp(["127.0.0.1"]))) as google:
        pass  # nobody listens there any more
    assert isinstance(google.send({"type": "text", "text": "Hello"}, ANN), RetryLater)
    times = iter([0.0, 19.5])
    with vendor_at(Google(), RcsBusiness(VendorHttp(["127.0.0.1"]), clock=lambda: next(times))) as google:
        assert google.send({"type": "text", "text": "Hello"}, ANN) == RetryLater("Google was too slow")


def test_an_address_inside_the_network_is_refused() -> None:
    with vendor_at(Google(), RcsBusiness(VendorHttp())) as google:
        sent = google.send({"type": "text", "text": "Hello"}, ANN)
    assert isinstance(sent, Refused)
    assert sent.kind == "credentials"
    assert google.server.asked == []


# ---- who can get it, taking back, trying -------------------------------------------------------------------------


def test_capability_of_one_number_and_of_many(google: Vendor) -> None:
    assert google.adapter.capable(google.account, [ANN]) == {ANN: True}
    assert google.adapter.capable(google.account, [NO_RCS]) == {NO_RCS: False}
    assert google.adapter.capable(google.account, []) == {}
    bare = [ANN.lstrip("+"), NO_RCS.lstrip("+")]
    assert google.adapter.capable(google.account, bare) == {bare[0]: True, bare[1]: False}
    many = [f"+349112{number:05}" for number in range(10_001)]
    found = google.adapter.capable(google.account, [*many, many[0]])
    assert found == {number: not number.endswith("404") for number in many}
    assert [asked.path.partition("?")[0] for asked in google.server.asked].count("/v1/users:batchGet") == 3


@pytest.mark.parametrize("said", [{}, {"reachableUsers": None}, {"reachableUsers": [{}, 5]}, {"reachableUsers": 5}])
def test_who_is_not_named_cannot_get_it(google: Vendor, said: dict[str, Any]) -> None:
    google.adapter.check(google.account)
    google.answers[:] = [Answer(200, json.dumps(said).encode())]
    assert google.adapter.capable(google.account, [ANN, NO_RCS]) == {ANN: False, NO_RCS: False}


def test_capability_that_google_does_not_tell_is_an_error(google: Vendor) -> None:
    google.adapter.check(google.account)
    for numbers in ([ANN], [ANN, NO_RCS]):
        google.answers[:] = [refusal(400, "Numbers of several regions.")]
        with pytest.raises(OSError, match=r"Numbers of several regions\."):
            google.adapter.capable(google.account, numbers)
        google.answers[:] = [Answer(404, b"<html>")]
        with pytest.raises(OSError, match="404"):
            google.adapter.capable(google.account, numbers)


def test_a_message_is_taken_back(google: Vendor) -> None:
    sent = google.send({"type": "file", "media": PICTURE, "caption": "Our menu"}, ANN)
    assert google.adapter.revoke(google.account, ANN, sent.vendor_ids)
    assert not google.adapter.revoke(google.account, ANN, sent.vendor_ids)


def test_trying_the_connection_writes_to_nobody(google: Vendor) -> None:
    checked = google.adapter.check(google.account)
    assert (checked.works, checked.message) == (True, "Google takes the key for the agent simulated_agent.")
    assert google.taken == []
    google.answers[:] = [refusal(403, "The caller does not have permission")]
    checked = google.adapter.check(google.account)
    assert not checked.works
    assert "permission" in checked.message


# ---- what comes in -----------------------------------------------------------------------------------------------


def event(google: Vendor, **fields: Any) -> Hook:
    hook: Hook = google.vendor.event(fields)
    return hook


FROM = {"senderPhoneNumber": ANN}


@pytest.mark.parametrize("state", ["delivered", "seen", "failed"])
def test_reports_name_a_message_as_its_sending_did(google: Vendor, state: Any) -> None:
    sent = google.send({"type": "text", "text": "Hello"}, ANN)
    (report,) = google.post(google.vendor.report(google.taken[0], state)).events
    assert isinstance(report, Report)
    assert ((report.vendor_id,), report.state) == (sent.vendor_ids, state)


def test_the_handshake_is_answered_with_the_secret_where_the_token_is_right(google: Vendor) -> None:
    hook = google.vendor.handshake()
    assert google.post(hook).body == "1234567890"
    for token in ("another", "", "ñ"):
        body = json.dumps({"clientToken": token, "secret": "1234567890"}, ensure_ascii=False).encode()
        with pytest.raises(SignatureError):
            google.post(replace(hook, body=body))


def test_events_of_another_agent_are_not_taken(google: Vendor) -> None:
    with pytest.raises(InvalidPayloadError, match="webhook of the agent simulated_agent, not of another_agent"):
        google.post(event(google, agentId="another_agent", senderPhoneNumber=ANN, messageId="1", text="Hi"))


def test_an_event_without_an_id_has_the_same_one_each_time(google: Vendor) -> None:
    hook = event(google, senderPhoneNumber=ANN, eventType="UNSUBSCRIBE")
    (first,), (second,) = google.post(hook).events, google.post(hook).events
    assert isinstance(first, Subscription)
    assert first.vendor_id
    assert first == second


def test_a_file_is_fetched_without_the_key(google: Vendor) -> None:
    with web_server(lambda asked: Answered(body=b"a picture")) as files:
        found = google.adapter.fetch(google.account, Attachment(f"{files.url}/a.gif"))
        assert b"".join(found) == b"a picture"
    assert "authorization" not in files.asked[0].headers
    for reference in ("http://10.0.0.1/a.gif", "file:///etc/passwd", "http://[", ""):
        with pytest.raises(OSError, match=r"."):
            list(google.adapter.fetch(google.account, Attachment(reference)))


# ---- what is entered ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [{"client_token": ""}, {"service_account": "{}"}, {"unknown": "field"}])
def test_credentials_that_cannot_be_used_are_refused_without_quoting_them(
    google: Vendor, change: dict[str, str]
) -> None:
    with pytest.raises(ValidationError) as raised:
        RcsCredentials(**{**google.vendor.credentials("https://a.b"), **change})
    assert "PRIVATE KEY" not in str(raised.value)


# ---- over the simulator, with its faults -------------------------------------------------------------------------


class Impatient(VendorHttp):
    """Waits 0.3 s for an answer."""

    def request(self, *args: Any, **fields: Any) -> VendorResponse:
        return super().request(*args, **{**fields, "timeout": 0.3})


def test_whatever_happens_to_calls_each_message_is_taken_once() -> None:
    rcs = RcsBusiness(Impatient(["127.0.0.1"]))
    with Simulator([Google()], behaviour=Behaviour(errors=0.2, lost_answers=0.2), seed=1) as simulator:
        credentials = RcsCredentials(**simulator.credentials("rcs_business"))
        account = Account("sender-1", "simulated_agent", credentials)
        for number in range(20):
            message = Outbound(f"m{number}", "sender-1", ANN, {"type": "text", "text": str(number)})
            while not isinstance(rcs.send(account, message), Accepted):
                pass
        google = simulator["rcs_business"]
        assert google.counts["error"]
        assert google.counts["lose_answer"]
        assert [taken.text for _, taken in google.taken] == [str(number) for number in range(20)]
