"""What all routes about consent work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from botflow.audit.service import Audit
from botflow.clock import Clock
from botflow.consent.ledger import Cause
from botflow.db import Database
from botflow.permissions import Caller


@dataclass(frozen=True)
class Office:
    """What the routes work with."""

    database: Database
    audit: Audit
    clock: Clock
    ids: Callable[[], str]


def cause_of(caller: Caller, evidence: str) -> Cause:
    """A person or a program said so."""
    if caller.user is not None:
        return Cause("operator", "", evidence, caller.user)
    return Cause("api", caller.key or "", evidence)
