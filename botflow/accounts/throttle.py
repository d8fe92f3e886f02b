"""Slowing down those who guess passwords: per login and per address, and nobody is locked out for good.

Each failed try makes the next one wait for twice as long, up to a minute, from when it was made; tries in between are
refused and change nothing. So whoever knows the password gets in within a minute, whatever others try meanwhile; from
the address of the last sign-in the tries of others do not count at all.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from botflow.accounts.models import SignInTries
from botflow.db import UnitOfWork, table_of
from botflow.errors import TooManyError

TRIES: Final = table_of(SignInTries)
FREE_OF_LOGIN: Final = 5
FREE_OF_ADDRESS: Final = 20
"""Failed tries before the first wait."""
LONGEST_WAIT_MS: Final = 60_000
FORGOTTEN_MS: Final = 3_600_000
"""After so long without a failure all is forgotten."""
FORGOTTEN_AT_ONCE: Final = 100


@dataclass(frozen=True)
class Subject:
    """Whose tries are counted. `key` is a digest: a table of logins that somebody tried would tell passwords."""

    key: str
    free: int

    @staticmethod
    def of_login(login: str, address: str = "") -> Subject:
        """The tries for a login, from everywhere or from one address."""
        return Subject(_digest(f"login {login} {address}"), FREE_OF_LOGIN)

    @staticmethod
    def of_address(address: str) -> Subject:
        """The tries from an address."""
        return Subject(_digest(f"address {address}"), FREE_OF_ADDRESS)


def begin_try(work: UnitOfWork, subjects: list[Subject], now: int) -> dict[Subject, int]:
    """Count a try as failed until it is known to be none; one that comes at the same time waits for this one's row.

    Returns how many failed before. Raises TooManyError while one of the subjects has to wait; then nothing is counted.
    """
    _forget(work, now)
    before = {}
    for subject in sorted(subjects, key=lambda one: one.key):  # in one order: two tries never wait for each other
        work.insert_once(TRIES, {"subject": subject.key, "failures": 0, "last_at": now})
        row = work.first(sa.select(TRIES).where(TRIES.c.subject == subject.key).with_for_update())
        assert row is not None  # it was made above, and this transaction holds it
        wait = row["last_at"] + wait_ms(row["failures"], subject.free) - now
        if wait > 0:
            seconds = -(-wait // 1000)
            raise TooManyError(f"Too many tries; wait for {seconds} s and try again.", seconds)
        _set(work, subject, row["failures"] + 1, now)
        before[subject] = int(row["failures"])
    return before


def begin_anew(work: UnitOfWork, subject: Subject) -> None:
    """The try was right: forget those before."""
    work.execute(TRIES.delete().where(TRIES.c.subject == subject.key))


def take_back(work: UnitOfWork, subject: Subject) -> None:
    """The try was right, and those before stay counted: an address may be that of one who guesses for others."""
    counted = TRIES.c.subject == subject.key
    work.execute(TRIES.update().where(counted, TRIES.c.failures > 0).values(failures=TRIES.c.failures - 1))


def wait_ms(failures: int, free: int) -> int:
    """How long after the last failure the next try is taken."""
    return min(1000 * 2 ** min(failures - free, 10), LONGEST_WAIT_MS) if failures >= free else 0


def _forget(work: UnitOfWork, now: int) -> None:
    """Delete what is forgotten, but for what another transaction is at."""
    old = sa.select(TRIES.c.subject).where(TRIES.c.last_at < now - FORGOTTEN_MS).limit(FORGOTTEN_AT_ONCE)
    work.execute(TRIES.delete().where(TRIES.c.subject.in_(old.with_for_update(skip_locked=True))))


def _set(work: UnitOfWork, subject: Subject, failures: int, now: int) -> None:
    row = TRIES.c.subject == subject.key
    work.execute(TRIES.update().where(row).values(failures=failures, last_at=now))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
