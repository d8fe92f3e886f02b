"""What the vendor's error codes mean: of calls and of delivery reports, which share their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from botflow.channels.contract import FailureKind

KINDS: Final[Mapping[int, FailureKind]] = {
    14107: "later",
    20003: "credentials",
    20005: "credentials",
    20404: "credentials",
    20429: "later",
    20500: "later",
    20503: "later",
    21212: "credentials",
    21603: "credentials",
    21606: "credentials",
    21610: "opted_out",
    21611: "later",
    21635: "not_capable",
    21659: "credentials",
    21660: "credentials",
    21661: "credentials",
    21701: "credentials",
    21703: "credentials",
    21704: "credentials",
    21705: "credentials",
    30001: "later",
    30002: "credentials",
    30006: "not_capable",
    30022: "later",
}
"""Those that are not permanent. 213xx and others tell of the contact's number or of the text."""


def kind_of(code: int, status: int = 400) -> FailureKind:
    """What an error means; `status` is that of the HTTP answer, which decides where the code is not known."""
    if code in KINDS:
        return KINDS[code]
    if status == 429 or status >= 500:
        return "later"
    return "credentials" if status in (401, 403, 404) or status < 400 else "permanent"
