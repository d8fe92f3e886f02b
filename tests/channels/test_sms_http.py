"""SMS over HTTP. The vendor's own package, `twilio`, signs and checks what is signed and checked here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from twilio.request_validator import RequestValidator

from botflow.channels.contract import (
    Accepted,
    Attachment,
    ChannelEvent,
    Inbound,
    InvalidPayloadError,
    Refused,
    Report,
    RetryLater,
    SignatureError,
    Subscription,
    WebhookRequest,
)
from botflow.channels.http import VendorHttp
from botflow.channels.sms_http import signature
from botflow.channels.sms_http.adapter import SmsHttp
from botflow.channels.sms_http.credentials import SmsHttpCredentials
from botflow.vendor_sim.contract import Answer
from botflow.vendor_sim.sms_http import SmsHttp as Twilio
from tests.channels.vendors import Vendor, vendor_at
from tests.channels.web_server import Answered, Asked, web_server

ANN = "+34600000001"
TOKEN = "simulated-auth-token"
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}


@pytest.fixture
def twilio() -> Iterator[Vendor]:
    with vendor_at(Twilio(), SmsHttp(VendorHttp(["127.0.0.1"]))) as vendor:
        yield vendor


def text(content: str = "Hello") -> dict[str, Any]:
    return {"type": "text", "text": content}


# ---- what leaves -------------------------------------------------------------------------------------------------


def test_a_message_leaves_with_the_address_of_its_reports(twilio: Vendor) -> None:
    result = twilio.send(text("Grüezi, 5 € 👍"), ANN, ttl=7200)
    (taken,) = twilio.taken
    assert result == Accepted((taken.vendor_id,))
    assert taken.content == {
        "To": ANN,
        "Body": "Grüezi, 5 € 👍",
        "From": twilio.account.identity,
        "StatusCallback": f"{twilio.account.webhook_url}?message=m1",
        "ValidityPeriod": "7200",
    }


def test_a_service_of_the_vendor_may_choose_the_number(twilio: Vendor) -> None:
    credentials = twilio.account.credentials.model_copy(update={"messaging_service_sid": "MG1"})
    twilio.account = replace(twilio.account, credentials=credentials, webhook_url="/webhooks/sms_http/key")
    assert isinstance(twilio.send(text(), ANN), Accepted)
    assert twilio.taken[0].content == {"To": ANN, "Body": "Hello", "MessagingServiceSid": "MG1"}


@pytest.mark.parametrize(("seconds", "period"), [(0, "1"), (36_000, "36000"), (10**6, "36000")])
def test_a_time_to_live_is_within_the_vendors_limits(twilio: Vendor, seconds: int, period: str) -> None:
    twilio.send(text(), ANN, ttl=seconds)
    assert twilio.taken[0].content["ValidityPeriod"] == period


@pytest.mark.parametrize(
    ("content", "sentence"),
    [({}, "needs a text"), (text(""), "needs a text"), (text("x" * 1601), "at most 1,600 characters; this one has")],
)
def test_what_cannot_leave_is_told(twilio: Vendor, content: dict[str, Any], sentence: str) -> None:
    result = twilio.send(content, ANN)
    assert isinstance(result, Refused)
    assert sentence in result.reason


@pytest.mark.parametrize(
    ("to", "kind", "code"),
    [
        ("+15005550001", "permanent", 21211),
        ("somebody", "permanent", 21211),
        ("+15005550003", "permanent", 21408),
        ("+15005550004", "opted_out", 21610),
        ("+15005550009", "permanent", 21614),
    ],
)
def test_contacts_are_refused_for_a_reason(twilio: Vendor, to: str, kind: str, code: int) -> None:
    result = twilio.send(text(), to)
    assert isinstance(result, Refused)
    assert result.kind == kind
    assert f"(error {code})" in result.reason


def refusal(status: int, code: int = 0, **headers: str) -> Answer:
    return Answer(status, json.dumps({"code": code, "message": "No.", "status": status}).encode(), headers)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (refusal(429, 20429), RetryLater("The vendor refused: No. (error 20429)")),
        (refusal(429, 0, **{"Retry-After": "7"}), RetryLater("The vendor refused: No.", 7.0)),
        (refusal(400, 14107), RetryLater("The vendor refused: No. (error 14107)")),
        (refusal(503), RetryLater("The vendor refused: No.")),
        (refusal(401, 20003), Refused("The vendor refused: No. (error 20003)", "credentials")),
        (refusal(403), Refused("The vendor refused: No.", "credentials")),
        (refusal(404, 20404), Refused("The vendor refused: No. (error 20404)", "credentials")),
        (refusal(400, 21606), Refused("The vendor refused: No. (error 21606)", "credentials")),
        (refusal(400, 21635), Refused("The vendor refused: No. (error 21635)", "not_capable")),
        (refusal(400, 99999), Refused("The vendor refused: No. (error 99999)", "permanent")),
        (
            Answer(201, b'{"sid": "SM1", "status": "failed", "error_code": 30006, "error_message": "Landline"}'),
            Refused("The vendor refused: Landline (error 30006)", "not_capable"),
        ),
    ],
)
def test_answers_mean_one_of_a_few_things(twilio: Vendor, answer: Answer, expected: object) -> None:
    twilio.answers.append(answer)
    assert twilio.send(text(), ANN) == expected


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'{"sid": 1}', b"\xff"])
@pytest.mark.parametrize(("status", "kind"), [(200, "credentials"), (302, "credentials"), (400, "permanent")])
def test_answers_of_somebody_else_are_told(twilio: Vendor, body: bytes, status: int, kind: str) -> None:
    twilio.answers.append(Answer(status, body))
    result = twilio.send(text(), ANN)
    assert isinstance(result, Refused)
    assert (result.kind, "check its address" in result.reason) == (kind, True)


def test_a_vendor_that_is_away_is_for_later_and_one_inside_the_network_is_not_called(twilio: Vendor) -> None:
    twilio.account = replace(twilio.account, credentials=credentials(base_url="http://127.0.0.1:1"))
    assert isinstance(twilio.send(text(), ANN), RetryLater)
    twilio.adapter = SmsHttp(VendorHttp())
    result = twilio.send(text(), ANN)
    assert isinstance(result, Refused)
    assert result.kind == "credentials"
    assert not twilio.adapter.check(twilio.account).works


def credentials(**fields: Any) -> SmsHttpCredentials:
    return SmsHttpCredentials(**{"account_sid": "AC1", "auth_token": TOKEN, **fields})


@pytest.mark.parametrize("field", ["account_sid", "auth_token"])
def test_nothing_works_without_credentials(field: str) -> None:
    with pytest.raises(ValidationError):
        credentials(**{field: ""})


def test_the_connection_can_be_tried(twilio: Vendor) -> None:
    found = twilio.adapter.check(twilio.account)
    assert (found.works, found.message) == (True, "This is the account Simulated.")
    wrong = twilio.account.credentials.model_copy(update={"auth_token": credentials(auth_token="guessed").auth_token})
    refused = twilio.adapter.check(replace(twilio.account, credentials=wrong))
    assert (refused.works, refused.message) == (False, "The vendor refused: Authenticate (error 20003)")
    twilio.answers.append(Answer(200, b'{"sid": "AC1", "friendly_name": "Pizza", "status": "suspended"}'))
    assert twilio.adapter.check(twilio.account).message == "The account Pizza is not active."


def test_people_are_told_what_to_enter_at_the_vendor(twilio: Vendor) -> None:
    assert twilio.account.webhook_url in twilio.adapter.connected(twilio.account).message
    told = twilio.adapter.connected(replace(twilio.account, webhook_url="/webhooks/sms_http/key"))
    assert (told.works, "BOTFLOW_PUBLIC_URL" in told.message) == (False, True)


# ---- what comes in -----------------------------------------------------------------------------------------------


def received(twilio: Vendor, body: str = "hola ñ 👍", **fields: Any) -> list[ChannelEvent]:
    answer = twilio.post(twilio.vendor.message(ANN.removeprefix("+"), "one", body, **fields))
    assert (answer.status, answer.content_type) == (200, "text/xml; charset=utf-8")
    return list(answer.events)


def sid_of(twilio: Vendor) -> str:
    fields: dict[str, str] = dict(parse_qsl(twilio.vendor.message(ANN, "one", "").body.decode()))
    return fields["MessageSid"]


def test_a_message_comes_in(twilio: Vendor) -> None:
    assert received(twilio) == [Inbound("sender-1", ANN, sid_of(twilio), text="hola ñ 👍")]
    assert received(twilio, "") == [Inbound("sender-1", ANN, sid_of(twilio), text="")]


def test_a_file_comes_with_its_message(twilio: Vendor) -> None:
    (event,) = received(twilio, "look", media={"url": "https://api.twilio.com/m/1", "media_type": "image/png"})
    assert isinstance(event, Inbound)
    assert event.attachments == (Attachment("https://api.twilio.com/m/1", "image/png"),)


@pytest.mark.parametrize(("kind", "wanted"), [("STOP", False), ("START", True)])
def test_what_the_vendor_takes_for_an_opt_out_is_one(twilio: Vendor, kind: str, wanted: bool) -> None:
    message, choice = received(twilio, "baja", opt_out_type=kind)
    assert isinstance(message, Inbound)
    assert choice == Subscription(ANN, wanted, message.vendor_id, f"the vendor took it as {kind}")


def test_a_call_for_help_is_a_message(twilio: Vendor) -> None:
    assert len(received(twilio, "help", opt_out_type="HELP")) == 1


@pytest.mark.parametrize("state", ["sent", "delivered"])
def test_reports_name_the_message(twilio: Vendor, state: Any) -> None:
    twilio.send(text(), ANN)
    hook = twilio.vendor.report(twilio.taken[0], state)
    assert hook.url == f"{twilio.account.webhook_url}?message=m1"
    headers = {name.lower(): value for name, value in hook.headers.items()}
    request = WebhookRequest("POST", hook.url, {"message": "m1"}, headers, hook.body)
    events = twilio.adapter.receive(twilio.account, request).events
    assert events == [Report(twilio.taken[0].vendor_id, state, message="m1")]


@pytest.mark.parametrize(
    ("fields", "kind", "reason"),
    [
        ({"MessageStatus": "undelivered", "ErrorCode": "30003"}, "permanent", "not delivered (error 30003)"),
        ({"MessageStatus": "failed", "ErrorCode": "21610", "ErrorMessage": "Stopped"}, "opted_out", "Stopped"),
        ({"MessageStatus": "failed", "ErrorCode": "30022"}, "later", "error 30022"),
        ({"MessageStatus": "failed", "ErrorCode": "30006"}, "not_capable", "error 30006"),
        ({"MessageStatus": "canceled", "ErrorCode": "²"}, "permanent", "error 0"),
    ],
)
def test_a_failure_is_told_by_its_code(twilio: Vendor, fields: dict[str, str], kind: str, reason: str) -> None:
    (report,) = twilio.post(hook(twilio, {"MessageSid": "SM1", **fields})).events
    assert isinstance(report, Report)
    assert (report.vendor_id, report.state) == ("SM1", "failed")
    assert reason in report.reason
    assert report.kind == kind


@pytest.mark.parametrize("status", ["queued", "accepted", "scheduled", "sending", "somewhere"])
def test_what_is_on_its_way_has_not_failed(twilio: Vendor, status: str) -> None:
    assert twilio.post(hook(twilio, {"MessageSid": "SM1", "MessageStatus": status})).events == []


@pytest.mark.parametrize(
    "fields", [{}, {"From": ANN}, {"MessageSid": "SM1"}, {"MessageStatus": "sent"}, {"MessageSid": "", "From": ANN}]
)
def test_a_webhook_that_says_nothing_is_refused(twilio: Vendor, fields: dict[str, str]) -> None:
    with pytest.raises(InvalidPayloadError, match="has no"):
        twilio.post(hook(twilio, fields))


def hook(twilio: Vendor, fields: Mapping[str, str]) -> Any:
    return twilio.vendor.hook(fields, twilio.account.webhook_url)


# ---- signatures --------------------------------------------------------------------------------------------------

URLS = [
    "https://bots.example/webhooks/sms_http/key",
    "https://bots.example:8443/webhooks/sms_http/key?a=1&b=%20",
    "http://bots.example/webhooks/sms_http/key?x=",
    "https://bots.example:443/webhooks/sms_http/key",
]
FIELDS = st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=6)


def with_port(url: str) -> str:
    return url if url.count(":") > 1 else url.replace("bots.example", "bots.example:443")


@given(st.sampled_from(URLS), FIELDS)
def test_the_vendors_package_signs_as_we_do(url: str, fields: dict[str, str]) -> None:
    validator = RequestValidator(TOKEN)
    assert validator.validate(url, fields, signature.signature(TOKEN, url, list(fields.items())))
    for spelled in {url, url.replace(":443", "").replace(":8443", ""), with_port(url) if "https" in url else url}:
        signature.check(TOKEN, url, validator.compute_signature(spelled, fields), list(fields.items()))


def asked(twilio: Vendor, body: bytes, signed: str, query: str = "", **headers: str) -> list[ChannelEvent]:
    url = f"{twilio.account.webhook_url}{query}"
    given = {"x-twilio-signature": signed, "content-type": FORM["Content-Type"]}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    return list(twilio.adapter.receive(twilio.account, WebhookRequest("POST", url, {}, given, body)).events)


MESSAGE = {"MessageSid": "SM1", "From": ANN, "Body": "hi & bye ñ"}


def test_a_form_that_the_vendors_package_signed_is_read(twilio: Vendor) -> None:
    url = f"{twilio.account.webhook_url}?tag=1"
    signed = RequestValidator(TOKEN).compute_signature(url, MESSAGE)
    (event,) = asked(twilio, urlencode(MESSAGE).encode(), signed, "?tag=1")
    assert event == Inbound("sender-1", ANN, "SM1", text="hi & bye ñ")


def test_fields_that_come_twice_are_signed_sorted_and_once(twilio: Vendor) -> None:
    pairs = [*MESSAGE.items(), ("tag", "b"), ("tag", "a"), ("tag", "b")]

    class Multiple(dict[str, str]):
        def getlist(self, name: str) -> list[str]:
            return [value for key, value in pairs if key == name]

    signed = RequestValidator(TOKEN).compute_signature(twilio.account.webhook_url, Multiple(pairs))
    assert len(asked(twilio, urlencode(pairs).encode(), signed)) == 1


def test_a_json_body_is_covered_by_its_digest(twilio: Vendor) -> None:
    body = json.dumps(MESSAGE).encode()
    query = f"?bodySHA256={hashlib.sha256(body).hexdigest()}"
    validator = RequestValidator(TOKEN)
    signed = validator.compute_signature(f"{twilio.account.webhook_url}{query}", {})
    assert validator.validate(f"{twilio.account.webhook_url}{query}", body.decode(), signed)
    (event,) = asked(twilio, body, signed, query, content_type="application/json")
    assert event == Inbound("sender-1", ANN, "SM1", text="hi & bye ñ")
    for changed, asked_query in ((body + b" ", query), (body, "")):
        also = validator.compute_signature(f"{twilio.account.webhook_url}{asked_query}", {})
        with pytest.raises(SignatureError):
            asked(twilio, changed, also, asked_query, content_type="application/json")


@pytest.mark.parametrize("body", [b"[]", b"{", b"1", b"\xff", b"[" * 100_000])
def test_a_signed_body_that_is_no_object_is_refused(twilio: Vendor, body: bytes) -> None:
    query = f"?bodySHA256={hashlib.sha256(body).hexdigest()}"
    signed = RequestValidator(TOKEN).compute_signature(f"{twilio.account.webhook_url}{query}", {})
    with pytest.raises(InvalidPayloadError, match="no JSON object"):
        asked(twilio, body, signed, query, content_type="application/json")


GOOD = urlencode(MESSAGE).encode()


@pytest.mark.parametrize(
    ("body", "spoil"),
    [
        (GOOD, lambda signed: ""),
        (GOOD, lambda signed: "x"),
        (GOOD, lambda signed: "\udcff"),
        (GOOD, lambda signed: signed.lower()),
        (GOOD, lambda signed: signed + "="),
        (GOOD.replace(b"hi", b"ho"), lambda signed: signed),
        (GOOD + b"&x=1", lambda signed: signed),
        (GOOD + b"\xff", lambda signed: signed),
        (b"&".join([b"a=1"] * 501), lambda signed: signed),
    ],
)
def test_what_is_not_signed_is_not_read(twilio: Vendor, body: bytes, spoil: Any) -> None:
    signed = RequestValidator(TOKEN).compute_signature(twilio.account.webhook_url, MESSAGE)
    assert asked(twilio, GOOD, signed)
    with pytest.raises(SignatureError):
        asked(twilio, body, spoil(signed))


def test_what_is_signed_otherwise_is_not_read(twilio: Vendor) -> None:
    signed = RequestValidator(TOKEN).compute_signature(twilio.account.webhook_url, MESSAGE)
    with pytest.raises(SignatureError, match="shared key"):
        asked(twilio, GOOD, signed, x_twilio_webhooks_signature_settings="key=1,algorithm=HMAC_SHA256")
    for url, token in [("https://other.example/x", TOKEN), (twilio.account.webhook_url, "other")]:
        with pytest.raises(SignatureError):
            asked(twilio, GOOD, RequestValidator(token).compute_signature(url, MESSAGE))


def test_a_server_without_a_public_address_believes_nobody(twilio: Vendor) -> None:
    path = "/webhooks/sms_http/key"
    twilio.account = replace(twilio.account, webhook_url=path)
    with pytest.raises(SignatureError, match="BOTFLOW_PUBLIC_URL"):
        asked(twilio, GOOD, RequestValidator(TOKEN).compute_signature(path, MESSAGE))


# ---- files -------------------------------------------------------------------------------------------------------


def test_a_file_is_fetched_with_the_token_and_where_it_leads_without() -> None:
    def elsewhere(request: Asked) -> Answered:
        return Answered(200, b"picture") if "authorization" not in request.headers else Answered(400)

    def vendor(request: Asked) -> Answered:
        if "authorization" not in request.headers:
            return Answered(401)
        return Answered(307, b"", {"Location": storage.url}) if request.path == "/moved" else Answered(200, b"here")

    adapter = SmsHttp(VendorHttp(["127.0.0.1"]))
    with web_server(elsewhere) as storage, web_server(vendor) as site, vendor_at(Twilio(), adapter) as twilio:
        account = replace(twilio.account, credentials=credentials(base_url=site.url))
        assert b"".join(adapter.fetch(account, Attachment(f"{site.url}/moved"))) == b"picture"
        assert b"".join(adapter.fetch(account, Attachment(f"{site.url}/here"))) == b"here"
        for url in (storage.url, "http://[", "file:///etc/passwd", site.url.replace("http://", "http://x@")):
            with pytest.raises(OSError, match="not at the vendor's address"):
                list(adapter.fetch(account, Attachment(url)))
