"""Mails over SMTP, as a mail server that is not ours gets them and Python's own reader reads them."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from email.headerregistry import Address
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from botflow.channels.contract import Accepted, FailureKind, Refused, RetryLater
from botflow.channels.email import adapter as email_adapter
from botflow.channels.email.adapter import Smtp
from botflow.channels.email.mailbox import mailbox
from botflow.channels.email.sending import compose
from botflow.channels.http import VendorHttp
from tests.channels.email.mail_server import PASSWORD, USER, MailServer, Received, mail_server, make_certificate
from tests.channels.email.senders import SECRET, WEBHOOK, account, outbound, text

NOON = 1_800_000_000.0


def smtp(trust: ssl.SSLContext | None = None) -> Smtp:
    return Smtp(VendorHttp(["127.0.0.1", "localhost"], trust), clock=lambda: NOON)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


def only(server: MailServer) -> Received:
    (received,) = server.received
    return received


def test_a_mail_arrives_with_both_bodies_and_its_headers(server: MailServer) -> None:
    sender = account(server.port, from_name="Pizza, Mañana & Co.", reply_to="shop@example.com")
    assert smtp().send(sender, outbound(content=text("Ready in 10 minutes – ¡ven!"))) == Accepted(("m-1@example.com",))
    received = only(server)
    assert (received.sender, received.recipient) == ("pizza@example.com", "ann@example.net")
    assert received.part("plain").strip() == "Ready in 10 minutes – ¡ven!"
    assert "Ready in 10 minutes – ¡ven!</p>" in received.part("html")
    headers = {name: str(value) for name, value in received.mail.items()}
    assert headers["Message-ID"] == "<m-1@example.com>"
    assert headers["Date"] == "Fri, 15 Jan 2027 08:00:00 +0000"
    assert received.mail["From"].addresses == (Address("Pizza, Mañana & Co.", "pizza", "example.com"),)
    assert headers["To"] == "ann@example.net"
    assert headers["Reply-To"] == "shop@example.com"
    assert headers["Subject"] == "Your order"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Unsubscribe"].startswith(f"<{WEBHOOK}?unsubscribe=")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert SECRET.encode() not in received.raw
    assert received.raw.isascii()
    assert max(len(line) for line in received.raw.split(b"\r\n")) <= 998


def test_the_same_message_has_the_same_message_id(server: MailServer) -> None:
    for key in ("019ac-1:0", "019ac-1:0", "019ac-1:1"):
        smtp().send(account(server.port), outbound(key=key))
    first, again, other = (received.mail["Message-ID"] for received in server.received)
    assert first == again != other


@pytest.mark.parametrize(
    ("webhook_url", "headers"),
    [
        (WEBHOOK, ["List-Unsubscribe", "List-Unsubscribe-Post"]),
        ("http://localhost:8080/webhooks/smtp/key", ["List-Unsubscribe"]),
        ("/webhooks/smtp/key", []),
    ],
)
def test_only_an_address_that_one_click_can_reach_is_promised(webhook_url: str, headers: list[str]) -> None:
    sender = account(webhook_url=webhook_url)
    mail = compose(sender, mailbox(sender.identity), outbound(), NOON)
    read = Received("", "", mail.data).mail
    assert [name for name in read.keys() if name.startswith("List-")] == headers  # noqa: SIM118  # not a mapping


ANY_TEXT = st.text(max_size=80)


@settings(max_examples=40)
@given(subject=ANY_TEXT, name=ANY_TEXT, words=ANY_TEXT)
def test_nothing_that_is_written_becomes_a_header(subject: str, name: str, words: str) -> None:
    content = {
        "type": "email",
        "subject": f"{subject}\r\nBcc: eve@example.com\n\nBody",
        "blocks": [{"type": "text", "text": f"{words}\r\n.\r\nQUIT\r\nMAIL FROM:<eve@example.com>"}],
    }
    sender = account(from_name=name[:100] + "\r\nX-Evil: yes\x85\u2028Cc: eve@example.com")
    mail = compose(sender, mailbox(sender.identity), outbound(content=content), NOON)
    read = Received("", "", mail.data).mail
    assert set(read.keys()) == {
        "Message-ID", "Date", "From", "To", "Subject", "Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post",
        "MIME-Version", "Content-Type",
    }  # fmt: skip
    assert str(read["Subject"]).endswith("Bcc: eve@example.com Body")
    assert [str(one.addr_spec) for one in read["From"].addresses] == ["pizza@example.com"]
    assert mail.data.isascii()


def test_a_line_of_a_single_dot_ends_no_mail(server: MailServer) -> None:
    words = "before\n.\nQUIT\nMAIL FROM:<eve@example.com>\n..\nafter"
    assert isinstance(smtp().send(account(server.port), outbound(content=text(words))), Accepted)
    assert only(server).part("plain").strip() == words


@pytest.mark.parametrize(
    ("address", "arrives_at"),
    [
        ("Ann.Smith+pizza@Example.NET", "Ann.Smith+pizza@example.net"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("ann@straße.example", "ann@xn--strae-oqa.example"),
        ("josé@example.net", "josé@example.net"),
    ],
)
def test_addresses_of_every_alphabet_are_written_to(server: MailServer, address: str, arrives_at: str) -> None:
    assert isinstance(smtp().send(account(server.port), outbound(address)), Accepted)
    assert only(server).recipient == arrives_at
    assert only(server).mail["To"] == arrives_at


@pytest.mark.parametrize(
    "address",
    [
        "", "ann", "@example.net", "ann@", "ann@-x.net", "ann@exa mple.net", "a b@example.net", '"a b"@example.net',
        ".ann@example.net", "an..n@example.net", "ann@[127.0.0.1]", "ann@example.net\r\nRCPT TO:<eve@example.com>",
        "ann\r\n@example.net", "ann@example..net", f"{'x' * 65}@example.net", f"ann@{'x.' * 130}net",
        "ann@example.net, eve@example.com", "<ann@example.net>", "ann\u2028@example.net", "ann\ud800@example.net",
        "ann@exa\u0000mple.net", "ann@\u202eexample.net",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_a_sentence(server: MailServer, address: str) -> None:
    result = smtp().send(account(server.port), outbound(address))
    assert isinstance(result, Refused)
    assert result.kind == "not_capable"
    assert result.reason.startswith("The contact's address cannot be used: ")
    assert server.lines == 0


ANSWERS: list[tuple[str, str, FailureKind]] = [
    ("mail", "451 4.3.0 Try again", "later"),
    ("mail", "550 5.7.1 Not your address", "credentials"),
    ("mail", "530 5.7.0 Log in first", "credentials"),
    ("mail", "552 5.3.4 Too big", "permanent"),
    ("rcpt", "450 4.2.1 Greylisted", "later"),
    ("rcpt", "452 4.2.2 Mailbox full", "later"),
    ("rcpt", "550 5.1.1 No such user", "not_capable"),
    ("rcpt", "550 5.2.1 Mailbox disabled", "not_capable"),
    ("rcpt", "550 5.1.10 Null MX", "not_capable"),
    ("rcpt", "550 5.7.1 Refused by policy", "permanent"),
    ("rcpt", "554 5.1.11 Something else", "permanent"),
    ("rcpt", "530 5.7.0 Log in first", "credentials"),
    ("data", "451 4.7.1 Slow down", "later"),
    ("data", "554 5.6.0 Spam", "permanent"),
]


@pytest.mark.parametrize(("step", "answer", "kind"), ANSWERS)
def test_each_answer_becomes_one_kind_of_failure(server: MailServer, step: str, answer: str, kind: FailureKind) -> None:
    server.answers[step] = answer
    result = smtp().send(account(server.port), outbound())
    assert (result.kind if isinstance(result, Refused) else "later") == kind
    assert isinstance(result, Refused | RetryLater)
    assert answer[4:] in result.reason
    assert server.received == []


def test_a_batch_shares_its_lines_and_each_mail_has_its_own_result(server: MailServer) -> None:
    server.answers["rcpt b7@example.net"] = "550 5.1.1 No such user"
    batch = [outbound(f"b{number}@example.net", key=f"k{number}") for number in range(35)]
    batch[3] = outbound("nobody", key="k3")
    results = smtp().send_batch(account(server.port), batch)
    kinds = ["ok" if isinstance(result, Accepted) else getattr(result, "kind", "later") for result in results]
    assert kinds == ["not_capable" if number in (3, 7) else "ok" for number in range(35)]
    assert [result.vendor_ids for result in results if isinstance(result, Accepted)] == [
        (f"k{number}@example.com",) for number in range(35) if number not in (3, 7)
    ]
    assert server.lines == email_adapter.LINES
    assert {received.recipient for received in server.received} == {
        f"b{number}@example.net" for number in range(35) if number not in (3, 7)
    }


def test_a_line_that_the_server_closes_is_opened_again(server: MailServer) -> None:
    server.answers["rcpt b1@example.net"] = "421 4.3.2 Closing"
    batch = [outbound(f"b{number}@example.net", key=f"k{number}") for number in range(4)]
    results = smtp().send_batch(account(server.port), batch)
    assert [isinstance(result, Accepted) for result in results] == [True, False, True, True]
    assert isinstance(results[1], RetryLater)
    assert server.lines == 2


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls") / "localhost.pem")


# aiosmtpd does not see that the line is encrypted from its beginning
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_mail_goes_encrypted_after_logging_in(certificate: Path, security: str) -> None:
    trust = ssl.create_default_context(cafile=str(certificate))
    with mail_server(certificate, tls=security == "tls", auth=True) as server:
        right: dict[str, Any] = {"host": "localhost", "security": security, "username": USER, "password": PASSWORD}
        assert smtp(trust).check(account(server.port, **right)).works
        assert isinstance(smtp(trust).send(account(server.port, **right), outbound()), Accepted)
        wrong = smtp(trust).send(account(server.port, **{**right, "password": "wrong horse"}), outbound())
        assert isinstance(wrong, Refused)
        assert (wrong.kind, "535" in wrong.reason, "horse" in wrong.reason) == ("credentials", True, False)
        nobody = smtp(trust).send(account(server.port, host="localhost", security=security), outbound())
        assert isinstance(nobody, Refused)
        assert nobody.kind == "credentials"
        stranger = smtp().send(account(server.port, **right), outbound())
        assert isinstance(stranger, Refused)
        assert stranger.kind == "credentials"
        assert "certificate of localhost is not trusted" in stranger.reason
        assert len(server.received) == 1


def test_a_server_without_encryption_gets_no_password(server: MailServer) -> None:
    result = smtp().send(account(server.port, security="starttls", username=USER, password=PASSWORD), outbound())
    assert result == Refused(f"127.0.0.1 offers no STARTTLS on port {server.port}.", "credentials")
    result = smtp().send(account(server.port, username=USER, password=PASSWORD), outbound())
    assert result == Refused(f"127.0.0.1 takes no user name on port {server.port}.", "credentials")


@pytest.mark.parametrize("security", ["none", "tls", "starttls"])
def test_a_host_inside_a_network_is_not_called(server: MailServer, security: str) -> None:
    unlisted = Smtp(VendorHttp())
    result = unlisted.send(account(server.port, security=security), outbound())
    assert isinstance(result, Refused)
    assert result.kind == "credentials"
    assert "BOTFLOW_VENDOR_HOSTS" in result.reason
    assert not unlisted.check(account(server.port, security=security)).works
    assert server.lines == 0


def test_a_server_that_is_not_there_is_tried_again_later() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        results = smtp().send_batch(account(closed.getsockname()[1]), [outbound(), outbound(key="m-2")])
    assert results == [RetryLater("The mail server 127.0.0.1 could not be reached: ConnectionRefusedError")] * 2


@pytest.mark.parametrize("drip", [b"", b"2", b"220 hello\r\n", b"220-x\r\n", b"\xff\r\n"])
def test_a_server_that_drips_does_not_keep_us(monkeypatch: pytest.MonkeyPatch, drip: bytes) -> None:
    """Each byte is in time by itself."""
    monkeypatch.setattr(email_adapter, "SEND_SECONDS", 0.4)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            line, _ = listener.accept()
            with line:
                try:
                    while True:
                        line.sendall(drip)
                        time.sleep(0.05)
                except OSError:
                    pass

        threading.Thread(target=serve, daemon=True).start()
        began = time.monotonic()
        result = smtp().send(account(listener.getsockname()[1]), outbound())
        assert time.monotonic() - began < 2
    assert isinstance(result, RetryLater)


def test_content_that_cannot_be_sent_is_refused_with_its_place(server: MailServer) -> None:
    broken = {
        "type": "email",
        "subject": "x",
        "blocks": [{"type": "button", "text": "Go", "url": "javascript:alert(1)"}],
    }
    result = smtp().send(account(server.port), outbound(content=broken))
    assert isinstance(result, Refused)
    assert result.kind == "permanent"
    assert result.reason.startswith("blocks.0.url: ")
    unhosted = {"type": "email", "subject": "x", "blocks": [{"type": "image", "media": {"asset": "logo"}}]}
    result = smtp().send(account(server.port), outbound(content=unhosted))
    assert isinstance(result, Refused)
    assert "The asset 'logo' has no address" in result.reason


@pytest.mark.parametrize(
    "fields",
    [{"bounce_address": "josé@example.com"}, {"reply_to": "nobody"}, {"reply_to": "a@b.c\r\nX: y"}, {"password": "ñ"}],
)
def test_wrong_credentials_are_refused_with_a_sentence(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        account(**fields)
    assert "ñ" not in str(refused.value)


def test_replies_and_bounces_may_go_elsewhere(server: MailServer) -> None:
    sender = account(server.port, reply_to="tienda@mañana.example", bounce_address="b@mañana.example")
    assert isinstance(smtp().send(sender, outbound()), Accepted)
    assert only(server).sender == "b@xn--maana-pta.example"
    assert only(server).mail["Reply-To"] == "tienda@xn--maana-pta.example"


def test_a_sender_without_an_address_is_a_matter_of_its_credentials() -> None:
    nameless = account(identity="pizza")
    result = smtp().send(nameless, outbound())
    assert isinstance(result, Refused)
    assert result.kind == "credentials"
    assert not smtp().check(nameless).works
