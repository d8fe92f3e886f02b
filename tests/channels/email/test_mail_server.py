"""The simulated mail server: what it takes, and what it posts about it, read by the adapter."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from botflow.channels.contract import (
    MAY_HAVE_LEFT,
    Accepted,
    Account,
    ChannelEvent,
    FailureKind,
    Inbound,
    Refused,
    Report,
    RetryLater,
    SendResult,
    WebhookRequest,
)
from botflow.channels.email import adapter as email_adapter
from botflow.channels.email.adapter import Smtp
from botflow.channels.email.credentials import SmtpCredentials
from botflow.channels.email.line import MailLine
from botflow.channels.email.sending import Mail
from botflow.channels.email.transaction import hand_over
from botflow.channels.http import VendorHttp
from botflow.vendor_sim.mail import MailServer
from botflow.vendor_sim.server import Simulator
from botflow.vendor_sim.stand import LineStand
from tests.channels.email.senders import outbound
from tests.channels.web_server import Answered, Asked, web_server


@dataclass
class Sender:
    """A sender at the simulated server, and what came in at its webhook."""

    stand: LineStand
    vendor: MailServer
    account: Account[SmtpCredentials]
    adapter: Smtp = field(default_factory=lambda: Smtp(VendorHttp(["127.0.0.1"])))
    events: list[ChannelEvent] = field(default_factory=list)

    def send(self, to: str = "ann@example.net", key: str = "m-1") -> SendResult:
        return self.adapter.send(self.account, outbound(to, key=key))

    def hook(self, asked: Asked) -> Answered:
        request = WebhookRequest(asked.method, asked.path, {}, asked.headers, asked.body)
        self.events += self.adapter.receive(self.account, request).events
        return Answered()

    def hears(self, count: int) -> list[ChannelEvent]:
        """Wait for so many events."""
        ends = time.monotonic() + 5
        while len(self.events) < count and time.monotonic() < ends:
            time.sleep(0.01)
        return self.events


@pytest.fixture
def sender() -> Iterator[Sender]:
    vendor = MailServer()
    with Simulator([vendor]) as simulator:
        credentials = SmtpCredentials(**simulator.credentials("smtp"))
        stand = simulator.lines["smtp"]
        stand.behave({"reports": ()})
        sender = Sender(stand, vendor, Account("sender-1", vendor.identity, credentials))
        with web_server(sender.hook) as webhook:
            assert stand.connect(f"{webhook.url}/webhooks/smtp/key")
            yield sender


def test_what_becomes_of_a_mail_is_reported(sender: Sender) -> None:
    sender.stand.behave({"reports": ("sent", "delivered", "seen", "failed"), "report_ms": 20})
    sent = sender.send()
    assert sent == Accepted(("m-1@example.com",))
    reports = [event for event in sender.hears(3) if isinstance(event, Report)]
    assert [(report.vendor_id, report.state) for report in reports] == [
        ("m-1@example.com", "sent"),
        ("m-1@example.com", "delivered"),
        ("m-1@example.com", "failed"),
    ]
    assert (reports[2].kind, reports[2].reason) == ("not_capable", "5.1.1 simulated")


def test_a_contact_answers(sender: Sender) -> None:
    sender.stand.write("ann@example.net", "¡Sí!\nPor favor", "w-1", name="Ann", in_reply_to="m-1@example.com")
    (event,) = sender.hears(1)
    assert isinstance(event, Inbound)
    assert (event.address, event.vendor_id, event.name) == ("ann@example.net", "w-1@example.net", "Ann")
    assert (event.text, event.in_reply_to) == ("¡Sí!\nPor favor", "m-1@example.com")
    with pytest.raises(ValueError, match="location"):
        sender.stand.write("ann@example.net", "x", location=[1, 2])


def test_reports_are_asked_for_as_rfc_3461_has_it(sender: Sender) -> None:
    sender.send()
    (mail, rcpt) = sender.vendor.envelopes[0]
    assert {"RET=HDRS", "ENVID=m-1@example.com"} <= set(mail.split())
    assert rcpt == "NOTIFY=SUCCESS,FAILURE"
    quiet = sender.account.credentials.model_copy(update={"delivery_reports": False, "bounce_address": "b@example.com"})
    sender.adapter.send(Account("sender-1", sender.vendor.identity, quiet), outbound(key="m-2"))
    assert sender.vendor.envelopes[1][1] == "NOTIFY=FAILURE"
    assert sender.stand.taken[1][1].content["from"] == "b@example.com"


@pytest.mark.parametrize(("to", "kind"), [("nobody@example.net", "not_capable"), ("full@example.net", "later")])
def test_recipients_that_cannot_get_it(sender: Sender, to: str, kind: FailureKind) -> None:
    result = sender.send(to)
    assert isinstance(result, Refused | RetryLater)
    assert getattr(result, "kind", "later") == kind


def test_a_fault_of_ours_at_one_mail_leaves_the_results_of_the_others(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has left does not go again."""

    def broken(line: MailLine, mail: Mail, credentials: SmtpCredentials) -> SendResult:
        if mail.vendor_id.startswith("m-2"):
            line.mail(str(mail.sender))
            raise AssertionError("a mistake of ours")
        return hand_over(line, mail, credentials)

    monkeypatch.setattr(email_adapter, "hand_over", broken)
    results = sender.adapter.send_batch(sender.account, [outbound(key=f"m-{number}") for number in range(1, 4)])
    assert [type(result) for result in results] == [Accepted, RetryLater, Accepted]
    assert results[1] == RetryLater(MAY_HAVE_LEFT)
    assert len(sender.stand.taken) == 2


FAULTS: list[tuple[dict[str, Any], int]] = [
    ({"errors": 1}, 0),
    ({"throttle": 0.001}, 0),
    ({"hang": 1}, 0),
    ({"lost_answers": 1}, 1),
]


@pytest.mark.parametrize(("fault", "taken"), FAULTS)
def test_a_server_with_a_fault_is_tried_again_later(
    sender: Sender, monkeypatch: pytest.MonkeyPatch, fault: dict[str, Any], taken: int
) -> None:
    monkeypatch.setattr(email_adapter, "SEND_SECONDS", 0.5)
    sender.stand.behave(fault)
    sender.send(key="m-0")
    before = len(sender.stand.taken)
    assert isinstance(sender.send(), RetryLater)
    assert len(sender.stand.taken) - before == taken


@pytest.mark.parametrize("changed", [{"password": "wrong"}, {"username": ""}])
def test_who_is_not_let_in_waits(sender: Sender, changed: dict[str, str]) -> None:
    fields = {**sender.account.credentials.model_dump(), **changed}
    account = Account("sender-1", sender.vendor.identity, SmtpCredentials(**fields))
    result = sender.adapter.send(account, outbound())
    assert isinstance(result, Refused)
    assert result.kind == "credentials"


def spoken(sender: Sender, *lines: bytes) -> list[bytes]:
    """What it answers to each line, greeting first."""
    place = (sender.account.credentials.host, sender.account.credentials.port)
    with socket.create_connection(place) as line, line.makefile("rb") as answers:
        heard = [answers.readline()]
        for words in lines:
            line.sendall(words + b"\r\n")
            heard.append(answers.readline())
    return heard


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        ([b"MAIL FROM:<a@example.com>"], b"530"),
        ([b"RCPT TO:<a@example.com>"], b"503"),
        ([b"DATA"], b"503"),
        ([b"\xff\xfe\x00"], b"502"),
        ([b""], b"502"),
        ([b"AUTH PLAIN !!!"], b"501"),
        ([b"AUTH PLAIN AAAA"], b"501"),
        ([b"AUTH CRAM-MD5"], b"504"),
        ([b"AUTH LOGIN", b"c2ltdWxhdGVk", b"c2ltdWxhdGVkLXBhc3N3b3Jk"], b"235"),
        ([b"NOOP", b"RSET", b"QUIT"], b"221"),
    ],
)
def test_it_speaks_smtp(sender: Sender, lines: list[bytes], last: bytes) -> None:
    assert spoken(sender, *lines)[-1].startswith(last)


def test_it_ends_with_lines_open(sender: Sender) -> None:
    place = (sender.account.credentials.host, sender.account.credentials.port)
    lines = [socket.create_connection(place) for _ in "abc"]
    began = time.monotonic()
    sender.vendor.stop()
    assert time.monotonic() - began < 2
    for line in lines:
        line.close()
