"""E-mail: sent over SMTP, with bounces, replies and unsubscribing at the webhook."""

from __future__ import annotations

import hmac
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Final

import structlog

from botflow.channels.contract import (
    FAULT,
    MAY_HAVE_LEFT,
    SEND_SECONDS,
    Account,
    Attachment,
    ChannelAdapter,
    Checked,
    InvalidPayloadError,
    Outbound,
    Refused,
    RetryLater,
    SendResult,
    SignatureError,
    WebhookAnswer,
    WebhookRequest,
    noted,
    without_secrets,
)
from botflow.channels.email.credentials import SmtpCredentials
from botflow.channels.email.line import NO_LINE, MailLine, mail_line, why_no_line
from botflow.channels.email.mailbox import InvalidMailboxError, mailbox
from botflow.channels.email.receiving import received
from botflow.channels.email.sending import Mail, compose
from botflow.channels.email.transaction import hand_over
from botflow.channels.email.unsubscribe import PARAMETER, unsubscribed
from botflow.channels.http import VendorHttp
from botflow.channels.rendered import UnsendableError

LINES: Final = 4
"""Lines that a batch opens at most."""
MAILS_A_LINE: Final = 10
"""Mails for which another line is opened."""

_log = structlog.get_logger()


class Smtp(ChannelAdapter[SmtpCredentials]):
    """E-mail (MS-7)."""

    name = "smtp"
    channel = "email"
    title = "E-mail (SMTP)"
    credentials = SmtpCredentials
    two_way = False

    def __init__(self, http: VendorHttp, clock: Callable[[], float] = time.time) -> None:
        self._hosts = http.hosts
        self._trust = http.trust or ssl.create_default_context()
        self._clock = clock

    def send(self, account: Account[SmtpCredentials], message: Outbound) -> SendResult:
        """Send one mail."""
        return self.send_batch(account, [message])[0]

    def send_batch(self, account: Account[SmtpCredentials], messages: Sequence[Outbound]) -> list[SendResult]:
        """Send mails, many over each line."""
        lines = min(LINES, -(-len(messages) // MAILS_A_LINE)) or 1
        until = time.monotonic() + SEND_SECONDS
        if lines == 1:
            return self._send_over_one(account, messages, until)
        with ThreadPoolExecutor(lines) as pool:
            parts = [messages[first::lines] for first in range(lines)]
            sent = list(pool.map(lambda part: self._send_over_one(account, part, until), parts))
        return [sent[index % lines][index // lines] for index in range(len(messages))]

    def receive(self, account: Account[SmtpCredentials], request: WebhookRequest) -> WebhookAnswer:
        """Take who unsubscribes, bounces and replies. Raises SignatureError, InvalidPayloadError."""
        if PARAMETER in request.query:
            return unsubscribed(account, request)
        secret = account.credentials.inbound_secret.get_secret_value()
        given = request.headers.get("authorization", "")
        if not secret or not hmac.compare_digest(given.encode("utf-8", "surrogatepass"), f"Bearer {secret}".encode()):
            raise SignatureError("Post mail with the header `Authorization: Bearer` and the sender's inbound_secret.")
        if request.method != "POST":
            raise InvalidPayloadError("Post a mail as it came in, headers and all.")
        return WebhookAnswer(received(account.sender, request.headers.get("content-type", ""), request.body))

    def fetch(self, account: Account[SmtpCredentials], attachment: Attachment) -> Iterator[bytes]:
        """Raises OSError: mail is read and not kept."""
        raise OSError("Files of e-mails are not kept here: the mail server keeps it.")

    def check(self, account: Account[SmtpCredentials]) -> Checked:
        """Log in at the mail server."""
        try:
            sender = mailbox(account.identity)
            with self._line(account, sender.domain, time.monotonic() + SEND_SECONDS) as line:
                line.noop()
        except InvalidMailboxError as error:
            return Checked(False, f"The sender's address cannot be used: {error}")
        except NO_LINE as error:
            reason = why_no_line(error, account.credentials.host).reason
            return Checked(False, account.credentials.without_secrets(reason))
        if not account.webhook_url.startswith("https://"):
            return Checked(True, "The mail server lets us in. Set BOTFLOW_PUBLIC_URL: mails have no unsubscribe link.")
        return Checked(True, f"The mail server lets us in; mail goes out as {sender}.")

    def _line(self, account: Account[SmtpCredentials], name: str, until: float) -> AbstractContextManager[MailLine]:
        return mail_line(account.credentials, self._hosts, self._trust, name, until)

    def _send_over_one(
        self, account: Account[SmtpCredentials], messages: Sequence[Outbound], until: float
    ) -> list[SendResult]:
        """Send mails one after the other, over a line that is opened again where it breaks."""
        composed = [noted(self._composed, account, message) for message in messages]
        mails = [mail for mail in composed if isinstance(mail, Mail)]
        sent = iter(self._handed_over(account, mails, until))
        return [next(sent) if isinstance(mail, Mail) else mail for mail in composed]

    def _composed(self, account: Account[SmtpCredentials], message: Outbound) -> Mail | Refused:
        try:
            sender = mailbox(account.identity)
        except InvalidMailboxError as error:
            return Refused(f"The sender's address cannot be used: {error}", "credentials")
        try:
            return compose(account, sender, message, self._clock())
        except InvalidMailboxError as error:
            return Refused(f"The contact's address cannot be used: {error}", "not_capable")
        except UnsendableError as error:
            return Refused(str(error))

    def _handed_over(self, account: Account[SmtpCredentials], mails: Sequence[Mail], until: float) -> list[SendResult]:
        results: list[SendResult] = []
        while len(results) < len(mails):
            try:
                with self._line(account, mails[0].sender.domain, until) as line:
                    while line.is_open and len(results) < len(mails):
                        results.append(_outcome(account, line, mails[len(results)]))
            except NO_LINE as error:
                results += [why_no_line(error, account.credentials.host)] * (len(mails) - len(results))
            except Exception:  # a fault of our own at the line: what has left does not go again
                _log.exception("mails cannot be sent", sender=account.sender)
                results += [RetryLater(FAULT)] * (len(mails) - len(results))
        return [without_secrets(result, account.credentials) for result in results]


def _outcome(account: Account[SmtpCredentials], line: MailLine, mail: Mail) -> SendResult:
    """What becomes of a mail; a fault of our own holds up this one alone, and ends a line that may be in the middle."""
    try:
        return hand_over(line, mail, account.credentials)
    except Exception:
        _log.exception("mail may have left", sender=account.sender, vendor_id=mail.vendor_id)
        line.close()
        return RetryLater(MAY_HAVE_LEFT)
