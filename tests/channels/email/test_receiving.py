"""What comes in at the webhook: replies, bounces, and who unsubscribes."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping, Sequence
from email import policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botflow.channels.contract import (
    Attachment,
    ChannelEvent,
    Inbound,
    InvalidPayloadError,
    Report,
    SignatureError,
    Subscription,
    WebhookAnswer,
    WebhookRequest,
)
from botflow.channels.email.adapter import Smtp
from botflow.channels.email.mailbox import mailbox
from botflow.channels.email.replies import new_part, text_of_html
from botflow.channels.email.sending import compose
from botflow.channels.email.unsubscribe import unsubscribe_url
from botflow.channels.http import VendorHttp
from tests.channels.email.senders import SECRET, WEBHOOK, account, outbound

SMTP = Smtp(VendorHttp())
LET_IN = {"authorization": f"Bearer {SECRET}"}


def posted(body: bytes, headers: Mapping[str, str] = LET_IN, method: str = "POST") -> Sequence[ChannelEvent]:
    return SMTP.receive(account(), WebhookRequest(method, WEBHOOK, {}, headers, body)).events


def only(body: bytes) -> Any:
    (event,) = posted(body)
    return event


def mail(text: str = "Yes, please.", **headers: str) -> EmailMessage:
    made = EmailMessage(policy.SMTP)
    known = {
        "From": "Ann Núñez <Ann@Example.NET>",
        "To": "pizza@example.com",
        "Subject": "Re: Your order",
        "Date": "Fri, 15 Jan 2027 09:00:00 +0100",
        "Message-ID": "<reply-1@example.net>",
    }
    for name, value in {**known, **headers}.items():
        if value:
            made[name] = value
    made.set_content(text)
    return made


# ---- replies -----------------------------------------------------------------------------------------------------


def test_a_reply_is_a_message_of_its_writer() -> None:
    made = mail(
        "Yes, please.\n\nOn 15 Jan 2027, Pizza wrote:\n> Is it ready?\n", **{"In-Reply-To": "<m-1@example.com>"}
    )
    assert only(made.as_bytes()) == Inbound(
        sender="sender-1",
        address="ann@example.net",
        vendor_id="reply-1@example.net",
        text="Yes, please.",
        in_reply_to="m-1@example.com",
        name="Ann Núñez",
        at=1_800_000_000_000,
    )


def test_a_reply_names_the_mail_that_was_sent() -> None:
    sender = account()
    sent = compose(sender, mailbox(sender.identity), outbound(), 0)
    assert only(mail(**{"In-Reply-To": f"<{sent.vendor_id}>"}).as_bytes()).in_reply_to == sent.vendor_id


def test_files_come_by_reference() -> None:
    made = mail("Here it is.")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="orden ñ.pdf")
    made.add_attachment("a,b", subtype="csv", filename="a.csv")
    event = only(made.as_bytes())
    assert event.text == "Here it is."
    assert event.attachments == (
        Attachment("mid:reply-1@example.net/1", "application/pdf", "orden ñ.pdf"),
        Attachment("mid:reply-1@example.net/2", "text/csv", "a.csv"),
    )
    with pytest.raises(OSError, match="the mail server keeps it"):
        SMTP.fetch(account(), event.attachments[0])


def test_a_mail_within_a_mail_is_a_file() -> None:
    made = mail("Look at this.")
    made.add_attachment(mail("STOP", Subject="inner"))
    event = only(made.as_bytes())
    assert event.text == "Look at this."
    assert [one.media_type for one in event.attachments] == ["message/rfc822"]


def test_html_is_read_where_there_is_no_plain_text() -> None:
    made = mail("")
    made.set_content("<style>p{}</style><p>Yes,&nbsp;<b>please</b>.</p><blockquote>Is it?</blockquote>", subtype="html")
    assert only(made.as_bytes()).text == "Yes, please."


def test_the_subject_speaks_where_the_mail_is_empty() -> None:
    assert only(mail("", Subject="=?utf-8?q?Cancelaci=C3=B3n?=").as_bytes()).text == "Cancelación"


@pytest.mark.parametrize(
    ("name", "value"),
    [("Auto-Submitted", "auto-replied"), ("Auto-Submitted", "auto-generated; x=1"), ("Precedence", "bulk")],
)
def test_what_a_machine_wrote_is_left_alone(name: str, value: str) -> None:
    assert posted(mail("I am on holiday.", **{name: value}).as_bytes()) == ()


def test_a_mail_that_a_person_wrote_says_so() -> None:
    assert only(mail(**{"Auto-Submitted": "no"}).as_bytes()).text == "Yes, please."


REPLIES = [
    ("Yes\n\nEl vie, 15 ene 2027, Pizza <pizza@example.com>\nescribió:\n\n> ¿Listo?\n> Sí", "Yes"),
    ("Yes\r\n\r\nOn Fri, Jan 15, 2027 at 9:00 AM Pizza Place <\r\npizza@example.com> wrote:\r\n\r\n> a\r\n> b", "Yes"),
    ("Yes\n\n-----Original Message-----\nFrom: Pizza\nIs it?", "Yes"),
    ("Yes\n\n________________________________\nFrom: Pizza\nSent: Friday\nIs it?", "Yes"),
    ("Yes\n\nFrom: Pizza <pizza@example.com>\nSent: Friday\nTo: Ann\n\nIs it?", "Yes"),
    ("Yes\n-- \nAnn\nBoss of everything", "Yes"),
    ("> Is it?\nYes\n> And?\nNo", "Yes\nNo"),
    ("On Friday Pizza wrote:\n> Is it?\n\nYes", "Yes"),
    (
        "On Monday she wrote:\nI will come. And a friend wrote too.",
        "On Monday she wrote:\nI will come. And a friend wrote too.",
    ),
    ("From: here to there\nis far", "From: here to there\nis far"),
    ("a\n\nb", "a\n\nb"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "kept"), REPLIES)
def test_only_what_the_writer_added_is_kept(text: str, kept: str) -> None:
    assert new_part(text) == kept


@given(st.text(alphabet="On wrote:>\n -_From\t", max_size=200))
def test_a_cut_makes_nothing_up(text: str) -> None:
    assert set(new_part(text).split()) <= set(text.split())


PAGES = [
    ("<p>Yes</p><p>please &lt;3 &amp; &#233;</p>", "Yes\n\nplease <3 & é"),
    ("<html><head><title>T</title><style>p{}</style></head><body>a<br>b<BR/>c</body>", "a\nb\nc"),
    ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
    ("a<!-- b <p>c</p> --><!--[if mso]>d<![endif]-->e", "ae"),
    ("new<blockquote>old<blockquote>older</blockquote></blockquote>", "new"),
    ("  a \n b\t<div>c</div>", "a b\nc"),
    ("&#99999999999999999999;a&#x110000;&nope;", "a\ufffd&nope;"),
    ("", ""),
]


@pytest.mark.parametrize(("html", "text"), PAGES)
def test_a_page_is_read_as_its_text(html: str, text: str) -> None:
    assert text_of_html(html) == text


@given(st.text(alphabet="<>/abp&;!-[]#9\"'= \n", max_size=200))
def test_any_html_has_a_text(html: str) -> None:
    text_of_html(html)


LONG = 4 * 1024 * 1024
SLOW = [
    *(
        piece * (500_000 // len(piece))
        for piece in ["<", "<!--", "<a ", "<!", "</", "<a b='", "&", "<?", "<p>", "<style>", "&#9"]
    ),
    "&#" + "9" * 500_000,
]


@pytest.mark.parametrize("html", SLOW, ids=lambda html: html[:6])
def test_malformed_html_takes_no_longer_than_other(html: str) -> None:
    began = time.monotonic()
    text_of_html(html)
    assert time.monotonic() - began < 2


def nested(depth: int) -> bytes:
    return b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))


HEAVY = [
    b"Content-Type: multipart/mixed" + b";a" * (LONG // 2) + b"\r\n\r\nx",
    b"Content-Type: multipart/mixed" + b";a\r\n " * 90_000 + b"\r\n\r\nx",
    nested(50) + b"\n" * 99_000,
    nested(500) + b"\n" * 99_000,
    b"\r\n" + b"\n" * LONG,
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 24_000,
    b"Subject: x\r\n" * 99_000 + b"\r\nx",
]


@pytest.mark.parametrize("mail", HEAVY, ids=range(len(HEAVY)))
def test_mail_that_is_made_to_keep_us_does_not(mail: bytes) -> None:
    began = time.monotonic()
    with contextlib.suppress(InvalidPayloadError):
        posted(b"From: a@b.c\r\n" + mail)
    assert time.monotonic() - began < 4


# ---- bounces -----------------------------------------------------------------------------------------------------

BOUNCE = """\
From: MAILER-DAEMON@example.net
To: bounces@example.com
Subject: Undelivered Mail
Date: Fri, 15 Jan 2027 09:00:00 +0100
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not work.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; example.net
{envelope}
Final-Recipient: rfc822; ann@example.net
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--b
Content-Type: {returned}

Message-ID: <m-1@example.com>
Subject: Your order

--b--
"""


def bounce(**fields: str) -> bytes:
    known = {
        "envelope": "",
        "action": "failed",
        "status": "5.1.1",
        "words": "550 5.1.1 No such user",
        "returned": "text/rfc822-headers",
    }
    return BOUNCE.format(**{**known, **fields}).replace("\n", "\r\n").encode()


FAILED = Report("m-1@example.com", "failed", 1_800_000_000_000, "not_capable", "550 5.1.1 No such user")


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_a_bounce_is_matched_by_the_mail_that_came_back(returned: str) -> None:
    assert only(bounce(returned=returned)) == FAILED


def test_a_bounce_is_matched_by_the_envelope_first() -> None:
    assert only(bounce(envelope="Original-Envelope-Id: k+2D1@example.com\n")).vendor_id == "k-1@example.com"


def test_a_bounce_may_come_without_its_headers() -> None:
    _, _, body = bounce().partition(b"\r\n\r\n")
    headers = {**LET_IN, "content-type": 'multipart/report; report-type=delivery-status; boundary="b"'}
    (event,) = posted(body, headers)
    assert isinstance(event, Report)
    assert (event.vendor_id, event.state, event.kind) == ("m-1@example.com", "failed", "not_capable")


@pytest.mark.parametrize(
    ("action", "status", "state", "kind"),
    [
        ("failed", "5.7.1", "failed", "permanent"),
        ("Failed", "4.4.7", "failed", "permanent"),
        ("delivered", "2.0.0", "delivered", "permanent"),
        ("relayed", "2.0.0", "sent", "permanent"),
    ],
)
def test_each_action_becomes_a_state(action: str, status: str, state: str, kind: str) -> None:
    event = only(bounce(action=action, status=status))
    assert (event.state, event.kind) == (state, kind)


@pytest.mark.parametrize("fields", [{"action": "delayed"}, {"action": "?"}, {"returned": "text/plain"}])
def test_a_bounce_that_says_nothing_final_or_names_no_mail_is_taken_quietly(fields: Any) -> None:
    assert posted(bounce(**fields)) == ()


# ---- unsubscribing -----------------------------------------------------------------------------------------------


def clicked(address: str, method: str, body: bytes = b"List-Unsubscribe=One-Click", **changed: Any) -> WebhookAnswer:
    url = unsubscribe_url(account(), address)
    assert url is not None
    query = dict(parse_qsl(urlsplit(url).query))
    return SMTP.receive(account(**changed), WebhookRequest(method, url, query, {}, body))


@pytest.mark.parametrize("address", ["ann@example.net", "Ann+1@Example.NET", "josé@bücher.example"])
def test_one_click_ends_the_mail(address: str) -> None:
    answer = clicked(address, "POST")
    (event,) = answer.events
    assert isinstance(event, Subscription)
    assert (event.address, event.wanted) == (address, False)
    assert answer.status == 200
    assert clicked(address, "POST") == answer


def test_following_the_link_only_shows_a_button() -> None:
    for method in ("GET", "HEAD"):
        answer = clicked("ann@example.net", method)
        assert answer.events == ()
        assert '<form method="post">' in answer.body
        assert answer.content_type.startswith("text/html")


def test_a_link_is_signed_for_one_recipient_and_one_sender() -> None:
    url = unsubscribe_url(account(), "ann@example.net")
    other = unsubscribe_url(account(), "bob@example.net")
    assert url is not None
    assert other is not None
    token, others = (dict(parse_qsl(urlsplit(one).query))["unsubscribe"] for one in (url, other))
    mixed = f"{others.split('.')[0]}.{token.split('.')[1]}"
    for forged in (mixed, token[:-1], token.upper(), "", ".", "x.y", "\ud800.é", f"{token}.{token}"):
        with pytest.raises(SignatureError):
            SMTP.receive(account(), WebhookRequest("POST", url, {"unsubscribe": forged}))
        shown = SMTP.receive(account(), WebhookRequest("GET", url, {"unsubscribe": forged}))
        assert (shown.status, shown.events) == (403, ())
        assert "<form" not in shown.body
    with pytest.raises(SignatureError):
        clicked("ann@example.net", "POST", inbound_secret="the secret of another sender")


# ---- what nobody wants -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": ""},
        {"authorization": SECRET},
        {"authorization": f"Bearer {SECRET}x"},
        {"authorization": "é"},
    ],
)
def test_mail_that_is_not_let_in_is_not_read(headers: Mapping[str, str]) -> None:
    with pytest.raises(SignatureError):
        posted(mail().as_bytes(), headers)


def test_only_posting_brings_mail() -> None:
    with pytest.raises(InvalidPayloadError):
        posted(mail().as_bytes(), method="GET")


@pytest.mark.parametrize("sender", ["", "nobody", "a b <x y@z>", "<@>", "undisclosed:;"])
def test_mail_of_nobody_is_refused_with_a_sentence(sender: str) -> None:
    with pytest.raises(InvalidPayloadError, match="does not say who wrote it"):
        posted(mail(From="").as_bytes().replace(b"To: ", f"From: {sender}\r\nTo: ".encode()))


ODD = [
    b"",
    b"\x00" * 1000,
    b"\xff\xfe" * 100,
    b"From: a@b.c\r\n",
    b"From: " + b"(" * 50_000 + b"a@b.c\r\n\r\nx",
    b"From: a@b.c\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 5000,
    b"From: a@b.c\r\nContent-Type: text/plain; charset=unicode_escape\r\n\r\n\\ud800 \\x",
    b"From: a@b.c\r\nContent-Type: text/plain; charset=idna\r\n\r\n" + b"x" * 10_000,
    b"From: a@b.c\r\nContent-Type: text/plain; charset=\x00\r\n\r\nx",
    b"From: a@b.c\r\nContent-Transfer-Encoding: base64\r\n\r\n=====\x00",
    b"From: a@b.c\r\nSubject: =?nonsense?b?!!!?=\r\n\r\n",
    b"From: a@b.c\r\nDate: Fri, 99 Jan 99999999999 99:99:99 +9999999\r\n\r\nx",
    b"From: a@b.c\r\nContent-Type: multipart/report\r\n\r\nx",
    b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(2000)),
    b"From: a@b.c\r\nContent-Type: application/x; name*0*=''%; name*1=\xff\r\n\r\nx",
]


@pytest.mark.parametrize("body", ODD)
def test_odd_mail_is_read_or_refused_and_never_keeps_us(body: bytes) -> None:
    with contextlib.suppress(InvalidPayloadError):
        for event in posted(body):
            assert "\\x00" not in repr(event)
            repr(event).encode()


@given(st.binary(max_size=300), st.sampled_from([b"", b"From: a@b.c\r\nContent-Type: ", b"From: a@b.c\r\nDate: "]))
def test_any_bytes_are_read_or_refused(body: bytes, begin: bytes) -> None:
    with contextlib.suppress(InvalidPayloadError):
        posted(begin + body)


def test_nothing_of_the_secret_is_told() -> None:
    assert SECRET not in repr(account())
