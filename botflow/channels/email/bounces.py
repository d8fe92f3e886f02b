"""Bounces and reports of delivery (RFC 3464), matched by the envelope id or by the mail that came back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from typing import Final

from botflow.channels.contract import Report, State
from botflow.channels.email.errors import kind_of, plain
from botflow.channels.email.reading import Part, header, message_ids, moment, parsed

STATES: Final[dict[str, State]] = {"failed": "failed", "delivered": "delivered", "relayed": "sent", "expanded": "sent"}
"""What became of the mail, by the action of RFC 3464, 2.3.3; `delayed` is nothing final."""
_XTEXT: Final = re.compile(r"\+([0-9A-F]{2})")


def is_bounce(mail: Part) -> bool:
    """Whether a mail is a report of delivery."""
    return mail.get_content_type() == "multipart/report" and _status(mail) is not None


def bounce_reports(mail: Part) -> Iterator[Report]:
    """What a report says of our mail; nothing where it does not name one."""
    blocks = _status(mail) or []
    vendor_id = _envelope_id(blocks) or _returned_id(mail)
    said = [(header(block, "Action").strip().lower(), block) for block in blocks]
    known = sorted((pair for pair in said if pair[0] in STATES), key=lambda pair: pair[0] != "failed")
    if not vendor_id or not known:
        return
    action, block = known[0]
    status, words = header(block, "Status"), header(block, "Diagnostic-Code").partition(";")[2]
    yield Report(vendor_id, STATES[action], moment(mail), kind_of(status), plain(words or f"Status {status}"))


def _status(mail: Part) -> list[Part] | None:
    """The blocks of the machine's part: one for the mail, one for each recipient."""
    for part in _parts(mail):
        if part.get_content_type() == "message/delivery-status":
            return _parts(part)
    return None


def _parts(part: Part) -> list[Part]:
    inner = part.get_payload()
    return [one for one in inner if isinstance(one, Message)] if isinstance(inner, list) else []


def _envelope_id(blocks: list[Part]) -> str:
    given = next((header(block, "Original-Envelope-Id") for block in blocks if "Original-Envelope-Id" in block), "")
    return _XTEXT.sub(lambda found: chr(int(found.group(1), 16)), given.strip()).strip("<>")


def _returned_id(mail: Part) -> str:
    """The Message-ID of the mail that came back, or of its headers."""
    for part in _parts(mail):
        returned = _parts(part)[:1]
        if part.get_content_type() == "text/rfc822-headers":
            returned = [parsed(str(part.get_payload()).encode("utf-8", "replace"))]
        for one in returned:
            if part.get_content_type() != "message/delivery-status":
                return next(iter(message_ids(one, "Message-ID")), "")
    return ""
