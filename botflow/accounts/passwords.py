"""Passwords: how they are kept, and what a good one is (AC-2)."""

from __future__ import annotations

import secrets
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import argon2

from botflow.errors import Fault, InvalidError, TooManyError

TIME_COST: Final = 2
MEMORY_KIB: Final = 19 * 1024
LANES: Final = 1
"""argon2id at the least that OWASP recommends; a hash made with other figures is made anew at the next sign-in."""
HASHES_AT_ONCE: Final = 4
"""So many take their memory at the same time; whoever comes next waits."""
HASH_WAIT_SECONDS: Final = 5.0

SHORTEST: Final = 8
LONGEST: Final = 256
GROUPS_NEEDED: Final = 3
NOT_AGAIN: Final = 7
"""Passwords, the present one among them, that a new one may not be."""
ONE_TIME_LENGTH: Final = 20
ALPHABET: Final = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Of one-time passwords: nothing that looks like something else."""

_GROUPS: Final = {
    "a small letter": str.islower,
    "a capital letter": str.isupper,
    "a digit": str.isdigit,
    "another character": lambda character: not character.isalnum(),
}


@dataclass(frozen=True)
class OneTimePassword:
    """A password that somebody gets from somebody else, and what is kept of it."""

    text: str = field(repr=False)
    kept: str = field(repr=False)


class Passwords:
    """Hashes and checks passwords. That takes a while: do it before a transaction, not in it."""

    def __init__(self) -> None:
        self._hasher = argon2.PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=LANES)
        self._room = threading.BoundedSemaphore(HASHES_AT_ONCE)
        self._nobodys = self._hasher.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        """What is kept of a password. Raises TooManyError."""
        with _Room(self._room):
            return self._hasher.hash(_normal(password))

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether the password is the one that was kept; for None it takes as long, and is not. Raises TooManyError."""
        with _Room(self._room):
            try:
                return self._hasher.verify(kept or self._nobodys, _normal(password)) and kept is not None
            except argon2.exceptions.VerificationError:
                return False

    def is_outdated(self, kept: str) -> bool:
        """Whether it was made with other figures than today's."""
        return self._hasher.check_needs_rehash(kept)

    def one_time(self, chosen: str | None, pointer: str = "/password") -> OneTimePassword:
        """A password to be changed at the first sign-in: the chosen one, or one of about 115 random bits.

        Raises InvalidError, at `pointer`, where the chosen one is no good one; TooManyError.
        """
        text = chosen if chosen is not None else _random_password()
        self.check_new(text, (), pointer)
        return OneTimePassword(text, self.hash(text))

    def check_new(self, password: str, former: Iterable[str], pointer: str) -> None:
        """Raise InvalidError, at `pointer`, unless the password is a good one and none of the former ones."""
        faults = [Fault(pointer, fault) for fault in faults_of(password)]
        if not faults and any(self.fits(kept, password) for kept in former):
            faults = [Fault(pointer, f"take one that is not among your last {NOT_AGAIN}")]
        if faults:
            raise InvalidError(faults)


class _Room:
    """A place to hash in; whoever waits for too long is told to come again."""

    def __init__(self, room: threading.BoundedSemaphore) -> None:
        self._room = room

    def __enter__(self) -> None:
        if not self._room.acquire(timeout=HASH_WAIT_SECONDS):
            raise TooManyError("Too many people sign in at the moment; try again.", 1)

    def __exit__(self, *reason: object) -> None:
        self._room.release()


def faults_of(password: str) -> Iterator[str]:
    """What is wrong with a password, in sentences."""
    if not SHORTEST <= len(password) <= LONGEST:
        yield f"take {SHORTEST} to {LONGEST} characters"
    if "\0" in password:
        yield "the character U+0000 cannot be kept"
    found = [name for name, belongs in _GROUPS.items() if any(map(belongs, password))]
    if len(found) < GROUPS_NEEDED:
        yield f"take at least {GROUPS_NEEDED} of these: {', '.join(_GROUPS)}"


def _random_password() -> str:
    while True:
        password = "".join(secrets.choice(ALPHABET) for _ in range(ONE_TIME_LENGTH))
        if not any(faults_of(password)):
            return password


def _normal(password: str) -> str:
    """The same for every keyboard that composes letters in its own way (Unicode NFC)."""
    return unicodedata.normalize("NFC", password)
