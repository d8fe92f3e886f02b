"""Nobody gives what they do not have."""

from __future__ import annotations

from collections.abc import Collection

from botflow.errors import Fault, InvalidError, NotAllowedError
from botflow.permissions import PERMISSIONS, Caller


def check_known(permissions: Collection[str], pointer: str) -> None:
    """Raise InvalidError, with the place in the body, unless there are all the permissions."""
    unknown = sorted({*permissions} - PERMISSIONS.keys())
    if unknown:
        raise InvalidError([Fault(pointer, f"there is no permission {name}") for name in unknown])


def check_grant(caller: Caller, permissions: Collection[str]) -> None:
    """Raise NotAllowedError unless the caller has all the permissions."""
    missing = sorted({*permissions} - caller.permissions)
    if missing:
        raise NotAllowedError(f"You cannot grant, change or take what you do not have yourself: {', '.join(missing)}.")


def check_senders(caller: Caller, senders: Collection[str] | None) -> None:
    """Raise NotAllowedError unless the caller may use all the senders; None: every one of the company."""
    if caller.senders is not None and (senders is None or not caller.senders.issuperset(senders)):
        raise NotAllowedError("You cannot grant senders that you may not use yourself.")
