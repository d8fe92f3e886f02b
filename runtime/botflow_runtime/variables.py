"""The variables of a thread and their bounds (TH-4)."""

from __future__ import annotations

from typing import Final

import msgspec

from botflow_runtime.json_types import JsonObject

VARIABLE_NAME: Final = r"^[^\W][\w-]{0,99}$"
MOST_VARIABLE_BYTES: Final = 256_000
"""All variables of a thread together, as JSON."""


def too_large(variables: JsonObject) -> str | None:
    """A sentence when the variables together are larger than a thread may keep; None when they fit."""
    size = len(msgspec.json.encode(variables))
    if size <= MOST_VARIABLE_BYTES:
        return None
    return f"the variables take {size:,} bytes as JSON; a thread keeps at most {MOST_VARIABLE_BYTES:,}"
