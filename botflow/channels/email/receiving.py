"""What comes in by mail: bounces become reports, other mail a message of its writer."""

from __future__ import annotations

import hashlib
from email.utils import parseaddr
from typing import Final

from botflow.channels.contract import Attachment, ChannelEvent, Inbound, InvalidPayloadError
from botflow.channels.email.bounces import bounce_reports, is_bounce
from botflow.channels.email.mailbox import InvalidMailboxError, mailbox
from botflow.channels.email.reading import Part, header, leaves, message_ids, moment, parsed
from botflow.channels.email.replies import new_part, text_of_html

TEXT_LENGTH: Final = 20_000
NAME_LENGTH: Final = 200
ATTACHMENTS: Final = 20
_AUTOMATIC: Final = frozenset({"bulk", "junk", "list"})


def received(sender: str, content_type: str, body: bytes) -> tuple[ChannelEvent, ...]:
    """Read a mail as it came in (RFC 5322), or the body of a bounce alone where the Content-Type says so.

    Mail that a machine wrote gives no events: two machines that answer each other never end.
    Raises InvalidPayloadError.
    """
    if content_type.lower().startswith("multipart/report"):
        body = b"Content-Type: " + content_type.encode("latin-1", "replace") + b"\r\n\r\n" + body
    try:
        return _events(sender, parsed(body), body)
    except InvalidPayloadError:
        raise
    except Exception as error:  # the standard library's reader trips over some malformed mail in many ways
        raise InvalidPayloadError(f"This mail cannot be read: {type(error).__name__}.") from None


def _events(sender: str, mail: Part, body: bytes) -> tuple[ChannelEvent, ...]:
    if is_bounce(mail):
        return tuple(bounce_reports(mail))
    if _is_automatic(mail):
        return ()
    return (_message(sender, mail, body),)


def _is_automatic(mail: Part) -> bool:
    submitted = header(mail, "Auto-Submitted").partition(";")[0].strip().lower()
    return submitted not in ("", "no") or header(mail, "Precedence").strip().lower() in _AUTOMATIC


def _message(sender: str, mail: Part, body: bytes) -> Inbound:
    name, address = parseaddr(header(mail, "From"))
    try:
        writer = str(mailbox(address)).lower()
    except InvalidMailboxError:
        raise InvalidPayloadError("The mail does not say who wrote it: it has no From that holds an address.") from None
    own_id = next(iter(message_ids(mail, "Message-ID")), "")
    vendor_id = own_id or hashlib.sha256(body).hexdigest()
    text, attachments = _content(mail, vendor_id)
    return Inbound(
        sender=sender,
        address=writer,
        vendor_id=vendor_id,
        text=(text or header(mail, "Subject").strip())[:TEXT_LENGTH] or None,
        attachments=attachments,
        in_reply_to=next(iter(message_ids(mail, "In-Reply-To")), None),
        name=name[:NAME_LENGTH] or None,
        at=moment(mail),
    )


def _content(mail: Part, vendor_id: str) -> tuple[str, tuple[Attachment, ...]]:
    """What the writer added, and the files with it: the text part, or the one in HTML where there is no other."""
    plain, html, files = "", "", []
    for number, leaf in enumerate(leaves(mail)):
        if leaf.is_file:
            files.append(Attachment(f"mid:{vendor_id}/{number}", leaf.media_type, leaf.name))
        elif leaf.media_type == "text/plain":
            plain = plain or leaf.text()
        elif leaf.media_type == "text/html":
            html = html or leaf.text()
    return new_part(plain or text_of_html(html)), tuple(files[:ATTACHMENTS])
