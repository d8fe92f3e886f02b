"""From content to a mail (RFC 5322): its headers, a plain text and the same in HTML."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from email.utils import format_datetime
from typing import Final

from botflow.channels.contract import Account, Outbound
from botflow.channels.email.credentials import SmtpCredentials
from botflow.channels.email.html import html_of
from botflow.channels.email.mailbox import Mailbox, mailbox
from botflow.channels.email.plain import plain_of
from botflow.channels.email.unsubscribe import unsubscribe_url
from botflow.channels.rendered import rendered
from botflow_runtime.content.email import Email

_PLAIN_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_BREAKING: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it is handed to the server. `vendor_id` is its Message-ID without the brackets."""

    vendor_id: str
    sender: Mailbox
    recipient: Mailbox
    data: bytes


class _Verbatim(UnstructuredHeader):
    """A header in one piece: a long address that is folded or encoded is none any more."""

    name: str

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


def _policy() -> EmailPolicy[EmailMessage]:
    registry = HeaderRegistry()
    registry.map_to_type("list-unsubscribe", _Verbatim)  # type: ignore[arg-type]  # the registry mixes BaseHeader in
    return policy.SMTP.clone(header_factory=registry)


_POLICY: Final = _policy()


def compose(account: Account[SmtpCredentials], sender: Mailbox, message: Outbound, now: float) -> Mail:
    """The mail of a message; `now` in seconds since the epoch. Raises UnsendableError, InvalidMailboxError."""
    content = rendered(Email, message.content)
    recipient = mailbox(message.address)
    vendor_id = f"{_id(message.id)}@{sender.domain}"
    mail = EmailMessage(_POLICY.clone(utf8=not (sender.is_ascii and recipient.is_ascii)))
    mail["Message-ID"] = f"<{vendor_id}>"
    mail["Date"] = format_datetime(datetime.fromtimestamp(now, UTC))
    mail["From"] = Address(one_line(account.credentials.from_name), sender.local, sender.domain)
    mail["To"] = Address("", recipient.local, recipient.domain)
    if account.credentials.reply_to:
        mail["Reply-To"] = account.credentials.reply_to
    mail["Subject"] = one_line(content.subject)
    # Holiday notices and other bots are not to answer (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    _add_unsubscribe(mail, unsubscribe_url(account, message.address))
    mail.set_content(_storable(plain_of(content)), cte="quoted-printable")
    mail.add_alternative(_storable(html_of(content)), subtype="html", cte="quoted-printable")
    return Mail(vendor_id, sender, recipient, mail.as_bytes())


def one_line(text: str) -> str:
    """A text that cannot begin another header."""
    letters = (" " if unicodedata.category(letter) in _BREAKING else letter for letter in text)
    return " ".join("".join(letters).split())


def _id(message_id: str) -> str:
    """The same for the same message, so that whoever gets it twice can tell."""
    if _PLAIN_ID.fullmatch(message_id):
        return message_id
    return hashlib.sha256(message_id.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _add_unsubscribe(mail: EmailMessage, url: str | None) -> None:
    if url is None:
        return
    mail["List-Unsubscribe"] = f"<{url}>"
    if url.startswith("https://"):
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _storable(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
