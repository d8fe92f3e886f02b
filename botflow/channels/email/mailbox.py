"""Addresses of mailboxes (RFC 5321, 4.1.2; RFC 6531 for letters outside ASCII)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

import idna

LOCAL_BYTES: Final = 64
ADDRESS_BYTES: Final = 254

_ATOM: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\-\x80-\U0010ffff]+")
_LABEL: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


class InvalidMailboxError(ValueError):
    """This is no address that mail can be sent to; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address: `local` as it was given, `domain` in lower case and in ASCII (IDNA 2008)."""

    local: str
    domain: str

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}"

    @property
    def is_ascii(self) -> bool:
        """Whether every mail server takes it; others must know SMTPUTF8 (RFC 6531)."""
        return self.local.isascii()


def mailbox(text: str) -> Mailbox:
    """Read an address. Raises InvalidMailboxError."""
    local, at, domain = text.strip().rpartition("@")
    if not at:
        raise InvalidMailboxError("An e-mail address looks like ann@example.com.")
    found = Mailbox(_local(local), _domain(domain))
    if len(str(found).encode()) > ADDRESS_BYTES:
        raise InvalidMailboxError(f"An e-mail address has at most {ADDRESS_BYTES} bytes.")
    return found


def _local(local: str) -> str:
    local = unicodedata.normalize("NFC", local)
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    if dots or not _ATOM.fullmatch(local) or any(unicodedata.category(letter)[0] in "CZ" for letter in local):
        raise InvalidMailboxError("What stands in front of the @ of an e-mail address may hold no spaces or quotes.")
    if len(local.encode()) > LOCAL_BYTES:
        raise InvalidMailboxError(
            f"What stands in front of the @ of an e-mail address has at most {LOCAL_BYTES} bytes."
        )
    return local


def _domain(domain: str) -> str:
    try:
        name = domain.lower() if domain.isascii() else idna.encode(domain, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        name = ""
    if not all(_LABEL.fullmatch(label) for label in name.split(".")):
        raise InvalidMailboxError("What stands behind the @ of an e-mail address must be the name of a domain.")
    return name
