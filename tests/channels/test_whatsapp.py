"""WhatsApp's Cloud API beside the suite: the address that is verified, files, the number, messages of two parts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from pydantic import SecretStr, ValidationError

from botflow.channels.contract import (
    Attachment,
    InvalidPayloadError,
    Outbound,
    Refused,
    RetryLater,
    SignatureError,
    TemplateRefusedError,
    VendorTemplate,
    WebhookAnswer,
    WebhookRequest,
)
from botflow.channels.http import VendorHttp, VendorUnreachableError
from botflow.channels.whatsapp.adapter import WhatsAppCloud
from botflow.channels.whatsapp.calls import WhatsAppAccount, WhatsAppCredentials
from botflow.channels.whatsapp.receiving import is_signed
from botflow.vendor_sim.contract import Answer
from botflow.vendor_sim.whatsapp import WhatsAppCloud as WhatsAppVendor
from tests.channels.vendors import Vendor, vendor_at

ANN = "+16505551234"


@pytest.fixture
def whatsapp() -> Iterator[Vendor]:
    with vendor_at(WhatsAppVendor(), WhatsAppCloud(VendorHttp(["127.0.0.1"]))) as vendor:
        yield vendor


def with_credentials(account: WhatsAppAccount, **changes: Any) -> WhatsAppAccount:
    return replace(account, credentials=account.credentials.model_copy(update=changes))


# ---- signatures --------------------------------------------------------------------------------------------------


def test_the_published_example_of_the_scheme_is_signed() -> None:
    # from GitHub's page on validating webhook deliveries, which uses the same header and scheme
    signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    assert is_signed("It's a Secret to Everybody", b"Hello, World!", signature)
    assert not is_signed("It's a Secret to Everybody", b"Hello, World", signature)


# ---- the verification of the address -----------------------------------------------------------------------------


def verify(whatsapp: Vendor, **changes: str) -> WebhookAnswer:
    query = dict(parse_qsl(urlsplit(whatsapp.vendor.handshake().url).query))
    query |= {f"hub.{name}": value for name, value in changes.items()}
    return whatsapp.adapter.receive(whatsapp.account, WebhookRequest("GET", whatsapp.account.webhook_url, query))


def test_the_address_is_verified(whatsapp: Vendor) -> None:
    answer = verify(whatsapp)
    assert (answer.status, answer.body.encode(), list(answer.events)) == (200, whatsapp.vendor.handshake().expects, [])
    assert answer.content_type.startswith("text/plain")


@pytest.mark.parametrize("token", ["", "simulated-verify-toke", "simulated-verify-token ", "ñ", "\ud800"])
def test_another_verify_token_is_refused(whatsapp: Vendor, token: str) -> None:
    with pytest.raises(SignatureError):
        verify(whatsapp, verify_token=token)


def test_without_a_verify_token_no_address_is_verified(whatsapp: Vendor) -> None:
    whatsapp.account = with_credentials(whatsapp.account, verify_token=SecretStr(""))
    with pytest.raises(SignatureError):
        verify(whatsapp, verify_token="")


@pytest.mark.parametrize("changes", [{"mode": "unsubscribe"}, {"challenge": ""}, {"challenge": "1" * 201}])
def test_a_verification_that_makes_no_sense_is_refused(whatsapp: Vendor, changes: dict[str, str]) -> None:
    with pytest.raises(InvalidPayloadError):
        verify(whatsapp, **changes)


# ---- connecting --------------------------------------------------------------------------------------------------


def test_a_connected_number_posts_to_its_sender(whatsapp: Vendor) -> None:
    whatsapp.vendor.webhook_url = ""
    assert whatsapp.adapter.connected(whatsapp.account).works
    assert whatsapp.vendor.webhook_url == whatsapp.account.webhook_url


def test_a_server_without_a_public_address_cannot_be_told(whatsapp: Vendor) -> None:
    account = replace(whatsapp.account, webhook_url="/webhooks/whatsapp_cloud/key")
    checked = whatsapp.adapter.connected(account)
    assert not checked.works
    assert "BOTFLOW_PUBLIC_URL" in checked.message


def test_an_address_that_whatsapp_does_not_take_is_told(whatsapp: Vendor) -> None:
    checked = whatsapp.adapter.connected(with_credentials(whatsapp.account, verify_token=SecretStr("another")))
    assert (checked.works, checked.message) == (False, "(#2200) Callback verification failed (2200).")


def test_the_number_is_shown(whatsapp: Vendor) -> None:
    checked = whatsapp.adapter.check(whatsapp.account)
    assert (checked.works, checked.message) == (True, "This is +1 555-078-3881, Simulated.")


def test_a_wrong_token_is_told(whatsapp: Vendor) -> None:
    account = with_credentials(whatsapp.account, access_token=SecretStr("wrong"))
    checked = whatsapp.adapter.check(account)
    assert (checked.works, checked.message) == (False, "The access token is not valid any more (190).")
    sent = whatsapp.adapter.send(account, Outbound("m", "s", ANN, {"type": "text", "text": "Hi"}))
    assert isinstance(sent, Refused)
    assert sent.kind == "credentials"


@pytest.mark.parametrize("identity", ["1", "", "../me", "106540352242922/x", "106540352242922?a=b#c", "%2e%2e"])
def test_another_number_than_the_tokens_is_a_mistake_of_the_credentials(whatsapp: Vendor, identity: str) -> None:
    account = replace(whatsapp.account, identity=identity)
    sent = whatsapp.adapter.send(account, Outbound("m", "s", ANN, {"type": "text", "text": "Hi"}))
    assert isinstance(sent, Refused)
    assert whatsapp.taken == []
    assert not whatsapp.adapter.check(account).works


@pytest.mark.parametrize("version", ["", "24.0", "v24", "v24.0/../x", "latest"])
def test_a_version_has_its_form(version: str) -> None:
    with pytest.raises(ValidationError):
        WhatsAppCredentials(
            access_token=SecretStr("a"), app_secret=SecretStr("b"), verify_token=SecretStr("c"), api_version=version
        )


# ---- files -------------------------------------------------------------------------------------------------------


def test_a_file_is_fetched_by_its_id(whatsapp: Vendor) -> None:
    hook = whatsapp.vendor.message("16505551234", "1", "", media={"url": "x", "media_type": "image/png"})
    (event,) = whatsapp.post(hook).events
    (attachment,) = event.attachments  # type: ignore[union-attr]  # it is an Inbound
    content = bytes(range(256)) * 1000
    whatsapp.vendor.media[attachment.reference] = ("image/png", content)
    # the simulated vendor names an address below the simulator's; here it stands at the root
    whatsapp.answers.append(Answer(200, f'{{"url": "{whatsapp.server.url}/media/{attachment.reference}"}}'.encode()))
    assert b"".join(whatsapp.adapter.fetch(whatsapp.account, attachment)) == content


@pytest.mark.parametrize("reference", ["gone", "../106540352242922", "", "a?b#c"])
def test_a_file_that_is_gone_is_an_os_error(whatsapp: Vendor, reference: str) -> None:
    with pytest.raises(VendorUnreachableError):
        list(whatsapp.adapter.fetch(whatsapp.account, Attachment(reference)))


@pytest.mark.parametrize("answer", [b'{"url": "http://10.0.0.1/"}', b'{"url": 5}', b"[]", b"", b'{"url": "file:///x"}'])
def test_an_address_of_a_file_that_makes_no_sense_is_an_os_error(whatsapp: Vendor, answer: bytes) -> None:
    whatsapp.answers.append(Answer(200, answer))
    with pytest.raises(VendorUnreachableError):
        list(whatsapp.adapter.fetch(whatsapp.account, Attachment("1")))


# ---- messages of two parts ---------------------------------------------------------------------------------------


def test_a_message_whose_second_part_fails_is_tried_again(whatsapp: Vendor) -> None:
    content = {"type": "file", "media": {"url": "https://example.com/a.ogg"}, "caption": "Listen"}
    whatsapp.answers += [Answer(200, b'{"messages": [{"id": "wamid.1"}]}'), Answer(503, b"{}")]
    assert isinstance(whatsapp.send(content, ANN), RetryLater)


# ---- templates ---------------------------------------------------------------------------------------------------

DRAFT = VendorTemplate("order_sent", "en", "utility", [{"type": "BODY", "text": "It has left."}])


def answered(whatsapp: Vendor, status: int, body: Any) -> None:
    """What the next call is answered."""
    whatsapp.answers.append(Answer(status, json.dumps(body).encode()))


def test_a_template_is_handed_in_listed_and_deleted(whatsapp: Vendor) -> None:
    made = whatsapp.adapter.submit_template(whatsapp.account, DRAFT)
    assert made == replace(DRAFT, vendor_id="700000000000001", status="pending")
    assert whatsapp.adapter.templates(whatsapp.account) == [made]
    for _ in range(2):
        whatsapp.adapter.delete_template(whatsapp.account, made)
    assert whatsapp.adapter.templates(whatsapp.account) == []


def test_one_that_the_vendor_has_is_changed(whatsapp: Vendor) -> None:
    made = whatsapp.adapter.submit_template(whatsapp.account, DRAFT)
    whatsapp.vendor.decide("order_sent", "REJECTED", "SCAM")
    (rejected,) = whatsapp.adapter.templates(whatsapp.account)
    assert (rejected.status, rejected.reason) == ("rejected", "SCAM")
    better = replace(made, components=[{"type": "BODY", "text": "Your order has left."}])
    assert whatsapp.adapter.submit_template(whatsapp.account, better).status == "pending"
    assert whatsapp.adapter.templates(whatsapp.account) == [better]


def test_a_listed_template_that_cannot_be_read_keeps_no_other_out(whatsapp: Vendor) -> None:
    good = {
        "id": "1",
        "name": "a\0b",
        "language": "en",
        "category": "UTILITY",
        "status": "PAUSED",
        "components": [1, {}],
    }
    answered(whatsapp, 200, {"data": [None, {"id": 1}, good], "paging": {"next": "there", "cursors": None}})
    assert whatsapp.adapter.templates(whatsapp.account) == [
        VendorTemplate("ab", "en", "utility", [{}], "1", "paused"),
    ]


@pytest.mark.parametrize("body", [[], {}, {"id": 1}, {"id": "1", "status": 1}])
def test_an_answer_that_names_no_template_is_told(whatsapp: Vendor, body: Any) -> None:
    answered(whatsapp, 200, body)
    with pytest.raises(TemplateRefusedError):
        whatsapp.adapter.submit_template(whatsapp.account, DRAFT)


def test_what_the_vendor_says_of_a_template_is_told_without_secrets(whatsapp: Vendor) -> None:
    token = whatsapp.account.credentials.access_token.get_secret_value()
    error = {"code": 100, "message": "Invalid parameter", "error_user_msg": f"Add a sample, {token}."}
    answered(whatsapp, 400, {"error": error})
    with pytest.raises(TemplateRefusedError, match=r"^Add a sample, …\.$"):
        whatsapp.adapter.submit_template(whatsapp.account, DRAFT)


def test_a_vendor_that_is_gone_refuses_templates(whatsapp: Vendor) -> None:
    account = with_credentials(whatsapp.account, base_url="http://127.0.0.1:9")
    for call in (whatsapp.adapter.submit_template, whatsapp.adapter.delete_template):
        with pytest.raises(TemplateRefusedError):
            call(account, DRAFT)
    with pytest.raises(TemplateRefusedError):
        whatsapp.adapter.templates(account)
